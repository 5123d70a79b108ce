package io.github.pysockets.cli;

import java.io.PrintStream;
import java.util.List;
import org.graalvm.polyglot.Engine;

/** The {@code pysockets} command. */
public final class Main {
    private static final int USAGE_ERROR = 2;

    private static final String USAGE = "usage: pysockets [option] ... [-c cmd | -m mod | file | -] [arg] ...";

    private static final String HELP = USAGE + """

            Runs a Python program on the JVM, with PySockets as its socket module.

            What to run:
              file           a Python file, or a folder or zip archive with a __main__.py
              -c cmd         the text cmd
              -m mod         the module or package mod
              -              what standard input gives, also when nothing is named
              arg ...        the program's own arguments, sys.argv[1:]

            Options, each as the python command has it:
              -b, -d, -t, -R accepted, no effect but in sys.flags
              -B             write no .pyc files
              -E             ignore the PYTHON* environment variables
              -i             a dialog after the program
              -I             isolate: -E, -P and -s, and no folder of the program on sys.path
              -O, -OO        drop assert statements, and docstrings too
              -P             put no folder of the program on sys.path
              -q             no versions before a dialog
              -s, -S         no user site folder; no site module at all
              -u             unbuffered stdout and stderr
              -v             tell of each import, and what GraalPy logs
              -W filter      a filter for warnings
              -x             skip the first line of the file
              -X option      an implementation option, kept in sys._xoptions: dev, utf8,
                             int_max_str_digits=n, pycache_prefix=folder and
                             warn_default_encoding act as in python, others do nothing
              --check-hash-based-pycs default|always|never
              --allow-net[=rules]
                             let the program reach what the rules name, and nothing else:
                             api.example.com:443,10.0.0.0/8,@loopback, for example; without
                             rules, everything but other processes and native code
              --deny-net=rules
                             keep the program from what the rules name
              --net-log      write a line to stderr for each connection, when it ends or fails
              --virtual network.toml [--log file] [--pcap file] [host=script.py ...]
                             run scripts on the hosts of a network that exists only in
                             memory, in its own time: see docs/virtual.md
              --jython       as the first word: Python 2.7, on Jython; "--jython --help"
                             tells its options
              --net-quota=limit,...
                             how much of the network it may use, as in
                             sockets=100,out=10M/s,in=1G,lookups=20: see docs/quotas.md
              -h, --help     this text
              -V, --version  the versions

            Exit status: the program's own; 1 after an uncaught exception, 2 for a wrong command line.
            Ctrl-C, SIGTERM and SIGHUP end the process as signals do: 130, 143 and 129 for a shell.
            """;

    private Main() {}

    /**
     * Runs the command and ends the process with its exit status.
     *
     * @param args the words of the command line after the command's name
     */
    public static void main(String[] args) {
        System.exit(run(List.of(args)));
    }

    private static int run(List<String> words) {
        HostSystem.here().doWithoutNativeAccess();
        try {
            return switch (CommandLine.parse(words)) {
                case CommandLine.Help _ -> print(System.out, HELP);
                case CommandLine.Version _ -> print(System.out, versions());
                case CommandLine.Run run -> {
                    // First, as the JVM's own handlers would end the process by an exit status.
                    SignalRelay.takeFromJvm();
                    NativeCryptography.prefer();
                    TlsProperties.set();
                    yield new ScriptRunner(run, words).run();
                }
                case CommandLine.Virtual virtual -> {
                    NativeCryptography.prefer();
                    TlsProperties.set();
                    yield new VirtualRun(virtual.options(), virtual.run()).run();
                }
            };
        } catch (UsageException wrong) {
            print(System.err, "pysockets: " + wrong.getMessage() + "\n" + USAGE + "\nTry \"pysockets --help\".\n");
            return USAGE_ERROR;
        } catch (NetworkFileException wrong) {
            print(System.err, "pysockets: " + wrong.getMessage() + "\n");
            return USAGE_ERROR;
        } catch (FatalException fatal) {
            print(System.err,
                    "Fatal Python error: " + fatal.getMessage() + "\nPython runtime state: preinitialized\n\n");
            return 1;
        }
    }

    private static int print(PrintStream stream, String text) {
        stream.print(text);
        stream.flush();
        return 0;
    }

    private static String versions() {
        System.setProperty("polyglot.engine.WarnInterpreterOnly", "false");
        try (Engine engine = Engine.create("python")) {
            String python = engine.getLanguages().get("python").getVersion();
            return "pysockets %s (Python %s, GraalPy %s, Java %s)\n"
                    .formatted(BuildInfo.version(), python, engine.getVersion(), Runtime.version());
        }
    }
}
