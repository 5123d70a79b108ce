import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Runs the application of src/it/application in two class loaders at once, as a server of applications does. The
 * arguments are its class path; nothing of that is on the class path of this program.
 */
public final class Loaders {
    private Loaders() {}

    /** Prints what the application says, three times. */
    public static void main(String[] arguments) throws Exception {
        URL[] urls = new URL[arguments.length];
        for (int index = 0; index < urls.length; index++) {
            urls[index] = Path.of(arguments[index]).toUri().toURL();
        }
        ClassLoader above = ClassLoader.getPlatformClassLoader();
        try (URLClassLoader first = new URLClassLoader(urls, above);
                URLClassLoader second = new URLClassLoader(urls, above)) {
            // Of a server's thread, the context class loader is the application's, the server's or none.
            for (ClassLoader context : Arrays.asList(first, ClassLoader.getSystemClassLoader(), null)) {
                Thread.currentThread().setContextClassLoader(context);
                System.out.println(answer(context == first ? first : second));
            }
        }
    }

    private static Object answer(ClassLoader loader) throws Exception {
        return loader.loadClass("com.example.application.Application").getMethod("answer").invoke(null);
    }
}
