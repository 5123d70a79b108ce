package io.github.pysockets.cli;

/**
 * The command, told that it runs on the system that the property {@code told} names. GraalPy and the sockets are not:
 * they need files and calls of the real one.
 */
final class ToldSystem {
    private ToldSystem() {}

    public static void main(String[] words) {
        String real = System.setProperty("os.name", System.getProperty("told"));
        HostSystem.here();
        System.setProperty("os.name", real);
        if (words[0].equals("--jython")) {
            JythonMain.main(words);
        } else {
            Main.main(words);
        }
    }
}
