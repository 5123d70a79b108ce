package io.github.pysockets.cli;

import java.io.PrintStream;
import java.util.List;
import org.python.core.PySystemState;

/** The {@code pysockets --jython} command. No class that it uses knows GraalPy. */
public final class JythonMain {
    private static final int USAGE_ERROR = 2;

    /** How the script pysockets was told that this class is wanted. */
    private static final String CHOICE = "--jython";

    private static final String USAGE =
            "usage: pysockets --jython [option] ... [-c cmd | -m mod | file | -] [arg] ...";

    private static final String HELP = USAGE + """

            Runs a Python 2.7 program on Jython, with PySockets as its socket module.

            What to run:
              file           a Python file, or a folder or zip archive with a __main__.py
              -c cmd         the text cmd
              -m mod         the module or package mod
              -              what standard input gives, also when nothing is named
              arg ...        the program's own arguments, sys.argv[1:]

            Options, each as the python2 command has it:
              -B             write no compiled files
              -E             ignore the PYTHON* environment variables
              -i             a dialog after the program
              -S             no site module
              -v             tell of each import
              -W filter      a filter for warnings
              -x             skip the first line of the file
              -b, -d, -O, -R, -s, -t, -u
                             accepted, no effect
              --allow-net[=rules], --deny-net=rules
                             what the program may reach by its sockets: see "pysockets --help"
              --net-log      write a line to stderr for each connection, when it ends or fails
              --net-quota=limit,...
                             how much of the network it may use; see "pysockets --help"
              -h, --help     this text
              -V, --version  the versions

            Exit status: the program's own; 1 after an uncaught exception, 2 for a wrong command line.
            """;

    private JythonMain() {}

    /**
     * Runs the command and ends the process with its exit status.
     *
     * @param args the words of the command line, of which the first may be {@code --jython}
     */
    public static void main(String[] args) {
        List<String> words = List.of(args);
        System.exit(run(!words.isEmpty() && words.getFirst().equals(CHOICE) ? words.subList(1, words.size()) : words));
    }

    private static int run(List<String> words) {
        HostSystem.here().doWithoutNativeAccess();
        try {
            return switch (CommandLine.parse(words)) {
                case CommandLine.Help _ -> print(System.out, HELP);
                case CommandLine.Version _ -> print(System.out, versions());
                case CommandLine.Virtual _ -> throw new UsageException(
                        VirtualOptions.OPTION + " is not for Jython");
                case CommandLine.Run run -> {
                    NativeCryptography.prefer();
                    TlsProperties.set();
                    yield new JythonRunner(run).run();
                }
            };
        } catch (UsageException wrong) {
            print(System.err, "pysockets: " + wrong.getMessage() + "\n" + USAGE
                    + "\nTry \"pysockets --jython --help\".\n");
            return USAGE_ERROR;
        } catch (FatalException fatal) {
            print(System.err, fatal.getMessage() + "\n");
            return 1;
        }
    }

    private static int print(PrintStream stream, String text) {
        stream.print(text);
        stream.flush();
        return 0;
    }

    private static String versions() {
        return "pysockets %s (Python 2.7, Jython %s, Java %s)\n"
                .formatted(BuildInfo.version(), PySystemState.version.toString().split(" ")[0], Runtime.version());
    }
}
