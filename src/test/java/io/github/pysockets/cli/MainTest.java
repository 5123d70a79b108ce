package io.github.pysockets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process. A start takes seconds, so each process shows many things. */
final class MainTest {
    @TempDir
    private Path temporary;
    private Path folder;

    @BeforeEach
    void realFolder() throws Exception {
        folder = temporary.toRealPath();
    }

    private Child.Result run(String input, String... words) throws Exception {
        try (Child child = Child.main(folder, words)) {
            return child.input(input).result();
        }
    }

    private Path file(String name, String text) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void versionAndHelp() throws Exception {
        var version = run("", "--version");
        String form = "pysockets \\d\\S* \\(Python 3\\.\\S+, GraalPy \\S+, Java \\S+\\)\n";
        assertTrue(version.out().matches(form), version.out());
        assertEquals(0, version.status());
        assertEquals("", version.err());

        var help = run("", "-h");
        assertTrue(help.out().startsWith("usage: pysockets "), help.out());
        assertEquals(0, help.status());
    }

    @Test
    void wrongUsage() throws Exception {
        var result = run("", "--zebra");
        assertEquals(2, result.status());
        assertEquals("", result.out());
        assertTrue(result.err().startsWith("pysockets: unknown option --zebra\nusage: pysockets "), result.err());
    }

    @Test
    void quota() throws Exception {
        file("counted.py", """
                import socket, subprocess, sys

                kept = [socket.socket() for _ in range(3)]
                try:
                    socket.socket()
                except OSError as failure:
                    print(failure)
                print(sys.orig_argv[1], subprocess.run(["true"]).returncode)
                """);
        var result = run("", "--net-quota=sockets=3,in=1M/s", "counted.py");
        assertEquals("""
                [Errno 24] Too many open files: the limit of 3 open sockets
                --net-quota=sockets=3,in=1M/s 0
                """, result.out(), result.err());
        assertEquals(0, result.status());
    }

    @Test
    void quotaThatIsNone() throws Exception {
        var result = run("", "--net-quota=socket=3", "-c", "print('unreached')");
        assertEquals(2, result.status());
        assertEquals("", result.out());
        assertTrue(result.err().startsWith("pysockets: --net-quota: there is no limit 'socket'; there are sockets, "),
                result.err());
    }

    @Test
    void policy() throws Exception {
        file("limited.py", """
                import os, select, socket, subprocess, sys

                def attempt(call):
                    try:
                        print("done", call())
                    except (OSError, ImportError, NotImplementedError) as failure:
                        print(type(failure).__name__, failure)

                with socket.create_server(("127.0.0.1", 0)) as server:
                    with socket.create_connection(server.getsockname()) as client:
                        server.accept()[0].close()
                        attempt(lambda: client.recv(1))
                        attempt(lambda: client.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1))
                attempt(lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW))
                for _ in range(2):
                    attempt(lambda: socket.create_connection(("127.0.0.2", 9)))
                attempt(lambda: socket.create_connection(("127.0.0.9", 9)))
                attempt(lambda: socket.getaddrinfo("example.invalid", 80))
                attempt(lambda: os.system("true"))
                attempt(lambda: subprocess.run(["true"]))
                attempt(lambda: __import__("ctypes"))
                attempt(lambda: __import__("java").type("java.net.Socket"))
                print(sys.stdin.read(), sys.argv)
                """);
        var result = run("input", "--allow-net=127.0.0.0/28, localhost", "--deny-net=127.0.0.9", "limited.py", "x");
        assertEquals("""
                done b''
                PermissionError [Errno 13] Permission denied: option SO_BROADCAST
                PermissionError [Errno 13] Permission denied: socket of netlink/raw
                ConnectionRefusedError [Errno 111] Connection refused
                ConnectionRefusedError [Errno 111] Connection refused
                PermissionError [Errno 13] Permission denied: connect to 127.0.0.9:9
                PermissionError [Errno 13] Permission denied: look-up of example.invalid
                PermissionError [Errno 13] Permission denied: system() where --allow-net does not name process
                PermissionError [Errno 1] Operation not permitted
                ImportError Cannot run any C extensions because native access is not allowed.
                NotImplementedError host lookup is not allowed
                input ['limited.py', 'x']
                """, result.out(), result.err());
        assertEquals("""
                pysockets: refused: option SO_BROADCAST (--allow-net="option SO_BROADCAST" would allow it)
                pysockets: refused: socket of netlink/raw (--allow-net="socket netlink/raw" would allow it)
                pysockets: refused: connect to 127.0.0.9:9 (--deny-net="127.0.0.9" denies it)
                pysockets: refused: look-up of example.invalid (--allow-net=example.invalid would allow it)
                """, result.err());
        assertEquals(0, result.status());
    }

    @Test
    void script() throws Exception {
        file("lib/neighbor.py", "name = 'neighbor'\n");
        Path script = file("lib/script.py", """
                # -*- coding: latin-1 -*-
                import atexit, neighbor, os, sys, threading
                print(__name__, __file__, neighbor.name)
                print(sys.argv)
                print(sys.orig_argv)
                print(sys.path[0], sys.executable, sys._xoptions)
                print(sys._getframe().f_back, sys.warnoptions)
                print(sys.stdin.read())
                def later():
                    started.wait()
                    print("thread")
                started = threading.Event()
                threading.Thread(target=later).start()
                atexit.register(lambda: print("exit function"))
                threading.Thread(target=threading.Event().wait, daemon=True).start()
                def deep(n):
                    return n and 1 + deep(n - 1)
                print(deep(200))
                print("last")
                started.set()
                sys.exit("some message")
                """);
        Path link = Files.createSymbolicLink(folder.resolve("link.py"), script);
        var result = run("what was sent", "-X", "a=b", "-W", "ignore", "link.py", "x y", "", "-c", "\u00e9\u20ac");
        assertEquals("""
                __main__ %s neighbor
                ['link.py', 'x y', '', '-c', '\u00e9\u20ac']
                ['/bin/pysockets', '-X', 'a=b', '-W', 'ignore', 'link.py', 'x y', '', '-c', '\u00e9\u20ac']
                %s /bin/pysockets {'a': 'b'}
                None ['ignore']
                what was sent
                200
                last
                thread
                exit function
                """.formatted(link, folder.resolve("lib")), result.out());
        assertEquals("some message\n", result.err());
        assertEquals(1, result.status());
    }

    @Test
    void codeThatFails() throws Exception {
        var result = run("", "-c", """
                import sys
                print(sys.argv, repr(sys.path[0]), __name__, '__file__' in globals())
                def f():
                    raise ValueError("no good")
                try:
                    1 / 0
                except ZeroDivisionError:
                    f()
                """, "a");
        assertEquals("['-c', 'a'] '' __main__ False\n", result.out());
        assertEquals("""
                Traceback (most recent call last):
                  File "<string>", line 6, in <module>
                ZeroDivisionError: division by zero

                During handling of the above exception, another exception occurred:

                Traceback (most recent call last):
                  File "<string>", line 8, in <module>
                  File "<string>", line 4, in f
                ValueError: no good
                """, result.err());
        assertEquals(1, result.status());
    }

    @Test
    void optionsOfPython() throws Exception {
        file("dropped.py", """
                def documented():
                    "the docstring"
                assert False
                """);
        file("first.py", """
                this line is no Python
                import dropped, sys
                print(sys.flags.debug, sys.flags.dont_write_bytecode, sys.flags.optimize, sys.flags.bytes_warning)
                print(sys.flags[:4], repr(sys.flags)[:18], sys.warnoptions, __debug__)
                print(dropped.documented.__doc__, sys._getframe().f_lineno)
                import ctypes
                left = "over"
                sys.exit(4)
                """);
        var result = run("print(left)\nimport sys; sys.exit(5)\n", "-ddBOOb", "-xi", "first.py");
        assertEquals("""
                2 1 2 1
                (2, 1, 1, 2) sys.flags(debug=2, ['default::BytesWarning'] False
                None 5
                >>> over
                >>>\s
                """, result.out());
        assertTrue(result.err().endsWith("\nSystemExit: 4\n"), result.err());
        assertEquals(5, result.status());

        var fatal = run("", "-X", "utf8=2", "-c", "pass");
        assertTrue(fatal.err().startsWith("Fatal Python error: preconfig_init_utf8_mode: "), fatal.err());
        assertEquals(1, fatal.status());
    }

    @Test
    void module() throws Exception {
        file("package/__init__.py", "");
        Path main = file("package/__main__.py", """
                import sys
                print(sys.argv, sys.path[0], __name__, __spec__.name, __file__)
                sys.exit(300)
                """);
        var result = run("", "-m", "package", "a");
        assertEquals("['%s', 'a'] %s __main__ package.__main__ %s\n".formatted(main, folder, main), result.out());
        assertEquals(300 & 0xFF, result.status());
        assertEquals("", result.err());
    }

    @Test
    void standardInput() throws Exception {
        var result = run("""
                import java, sys
                print(sys.argv, repr(sys.path[0]))
                def get():
                    java.type("java.util.List").of().get(7)
                sys.stdout.write("no newline")
                get()
                """, "-", "a");
        assertEquals("['-', 'a'] ''\nno newline\n", result.out());
        assertEquals("""
                Traceback (most recent call last):
                  File "<stdin>", line 6, in <module>
                  File "<stdin>", line 4, in get
                java.lang.ArrayIndexOutOfBoundsException: Index 7 out of bounds for length 0
                """, result.err());
        assertEquals(1, result.status());
    }

    @Test
    void signalsEndBlockedCalls() throws Exception {
        file("waits.py", """
                import java, os, signal, sys, time
                Semaphore = java.type("java.util.concurrent.Semaphore")
                print(signal.getsignal(signal.SIGINT) is signal.default_int_handler, flush=True)

                def wait_in_java():
                    while True:
                        try:
                            Semaphore(0).acquire()
                        except java.type("java.lang.InterruptedException"):
                            pass

                def interrupted(name, call):
                    try:
                        print("ready", name, flush=True)
                        call()
                    except KeyboardInterrupt:
                        print("interrupted", name, flush=True)

                interrupted("java", wait_in_java)
                interrupted("system call", lambda: os.read(0, 1))
                interrupted("sleep", lambda: time.sleep(1000))

                def on_term(number, frame):
                    print("handler", number == signal.SIGTERM, flush=True)
                    raise KeyError(number)

                print(signal.signal(signal.SIGTERM, on_term) == signal.SIG_DFL)
                print(signal.getsignal(signal.SIGTERM) is on_term)
                try:
                    print("ready term", flush=True)
                    wait_in_java()
                except KeyError:
                    print(signal.signal(signal.SIGTERM, signal.SIG_DFL) is on_term, flush=True)
                print("ready last", flush=True)
                wait_in_java()
                """);
        try (Child child = Child.main(folder, "waits.py")) {
            child.expectLine("True");
            for (String name : new String[] {"java", "system call", "sleep"}) {
                child.expectLine("ready " + name);
                child.signal("INT");
                child.expectLine("interrupted " + name);
            }
            child.expectLine("True");
            child.expectLine("True");
            child.expectLine("ready term");
            child.signal("TERM");
            child.expectLine("handler True");
            child.expectLine("True");
            child.expectLine("ready last");
            child.signal("INT");
            var result = child.result();
            String start = "Traceback (most recent call last):\n  File \"" + folder.resolve("waits.py");
            assertTrue(result.err().startsWith(start), result.err());
            assertTrue(result.err().endsWith("\nKeyboardInterrupt\n"), result.err());
            assertEquals(130, result.status());
        }
    }
}
