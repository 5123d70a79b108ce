package io.github.pysockets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command with the option for Jython: what it runs, and how that ends. */
final class JythonCommandTest {
    @TempDir
    private Path temporary;
    private Path folder;

    @BeforeEach
    void resolve() throws Exception {
        folder = temporary.toRealPath();
    }

    private Child.Result run(String... words) throws Exception {
        try (Child child = Child.jython(folder, words)) {
            return child.result();
        }
    }

    private void write(String name, String text) throws Exception {
        Files.writeString(folder.resolve(name), text);
    }

    @Test
    void runsAScript() throws Exception {
        write("script.py", """
                import sys, socket, select, os
                print __name__, __file__, sys.argv, sys.path[0]
                print socket.socketpair()[0].family == socket.AF_UNIX, sys.executable
                assert socket.__file__.startswith("io/github/pysockets/"), socket.__file__
                sys.exit(3)
                """);

        Child.Result result = run("script.py", "-x", "a b");

        assertEquals("", result.err());
        assertEquals(
                "__main__ script.py ['script.py', '-x', 'a b'] " + folder + "\nTrue /bin/pysockets\n", result.out());
        assertEquals(3, result.status());
    }

    @Test
    void runsCodeModulesAndFolders() throws Exception {
        write("module.py", "import sys; print __name__, sys.argv[1:]");
        Files.createDirectory(folder.resolve("package"));
        write("package/__init__.py", "");
        write("package/__main__.py", "import sys; print 'package', sys.argv[1:]");

        assertEquals("['-c', 'a'] ''\n", run("-c", "import sys; print sys.argv, repr(sys.path[0])", "a").out());
        assertEquals("__main__ ['a']\n", run("-m", "module", "a").out());
        assertEquals("package ['a']\n", run("-m", "package", "a").out());
        assertEquals("package ['a']\n", run("package", "a").out());
    }

    @Test
    void runsStandardInput() throws Exception {
        try (Child child = Child.jython(folder, "-", "a")) {
            Child.Result result = child.input("import sys; print sys.argv\nraise SystemExit('bye')\n").result();
            assertEquals("['-', 'a']\n", result.out());
            assertEquals("bye\n", result.err());
            assertEquals(1, result.status());
        }
    }

    @Test
    void tellsOfErrorsInPythonsWords() throws Exception {
        Child.Result result = run("-c", "def f(): 1 / 0\nf()");
        assertEquals("""
                Traceback (most recent call last):
                  File "<string>", line 2, in <module>
                  File "<string>", line 1, in f
                ZeroDivisionError: integer division or modulo by zero
                """, result.err());
        assertEquals(1, result.status());

        Child.Result ofJava = run("-c", "import java.lang; java.lang.Integer.parseInt('x')");
        assertEquals("""
                Traceback (most recent call last):
                  File "<string>", line 1, in <module>
                java.lang.NumberFormatException: For input string: "x"
                """, ofJava.err());
        assertEquals(1, ofJava.status());

        Child.Result missing = run("missing.py");
        assertEquals("pysockets: can't open file 'missing.py': [Errno 2] No such file or directory\n", missing.err());
        assertEquals(2, missing.status());

        assertEquals(2, run("-Z").status());
    }

    @Test
    void otherThreadsAndExitFunctionsRunToTheirEnd() throws Exception {
        Child.Result result = run("-c", """
                import atexit, sys, threading, time
                def late():
                    time.sleep(0.3)
                    sys.stdout.write("thread\\n")
                def end():
                    sys.stdout.write("exit\\n")
                atexit.register(end)
                threading.Thread(target=late).start()
                """);

        assertEquals("thread\nexit\n", result.out());
        assertEquals("", result.err());
        assertEquals(0, result.status());
    }

    /** Standard input is a descriptor that select() takes beside sockets. */
    @Test
    void selectTakesStandardInput() throws Exception {
        write("script.py", """
                import os, select, socket, sys
                a, b = socket.socketpair()
                print select.select([sys.stdin, a], [], [], 0)[0] == []
                sys.stdout.flush()
                print select.select([0, a], [], [])[0]
                print repr(sys.stdin.readline())
                b.send("x")
                print select.select([sys.stdin, a], [], [])[0] == [a]
                """);
        try (Child child = Child.jython(folder, "script.py")) {
            child.expectLine("True");
            child.line("text");
            child.expectLine("[0]");
            child.expectLine("'text\\n'");
            child.expectLine("True");
            assertEquals(0, child.result().status());
        }
    }

    /** Java closes the descriptor of a process's output when it has ended, and keeps what is left. */
    @Test
    void selectAndPollTakeFilesOfJython() throws Exception {
        write("script.py", """
                import errno, os, select, sys
                def by_select(process):
                    return select.select([process], [], [], 60)[0] == [process]
                def by_poll(process):
                    poll = select.poll()
                    poll.register(process, select.POLLIN)
                    [(descriptor, events)] = poll.poll(60000)
                    return descriptor == process.fileno() and events & (select.POLLIN | select.POLLHUP) != 0
                for wait in by_select, by_poll:
                    process = os.popen("for i in 1 2 3; do echo $i; sleep 0.1; done")
                    lines = []
                    while wait(process):
                        line = process.readline()
                        if not line:
                            break
                        lines.append(line)
                    print lines, process.close()
                file = open("data", "w")
                poll, epoll = select.poll(), select.epoll()
                poll.register(file)
                descriptor = file.fileno()
                print poll.poll(0) == [(descriptor, select.POLLIN | select.POLLOUT)]
                try:
                    epoll.register(file)
                except IOError as error:
                    print error.errno == errno.EPERM
                print select.select([file], [sys.__stdout__, 1], [], 0)[0] == [file]
                file.close()
                print poll.poll(0) == [(descriptor, select.POLLNVAL)]
                """);

        Child.Result result = run("script.py");

        assertEquals("""
                ['1\\n', '2\\n', '3\\n'] None
                ['1\\n', '2\\n', '3\\n'] None
                True
                True
                True
                True
                """, result.out(), result::err);
    }

    @Test
    void pipesAreDescriptorsOfOurs() throws Exception {
        write("script.py", """
                import fcntl, os, select, struct
                reader, writer = os.pipe()
                print os.write(writer, "abc"), repr(os.read(reader, 2)), os.isatty(reader)
                print select.select([reader], [writer], [], 0) == ([reader], [writer], [])
                print struct.unpack("<i", fcntl.ioctl(reader, 0x541B, "\\0" * 4))
                flags = fcntl.fcntl(reader, fcntl.F_GETFL)
                fcntl.fcntl(reader, fcntl.F_SETFL, flags | os.O_NONBLOCK)
                os.read(reader, 1)
                try:
                    os.read(reader, 1)
                except OSError as error:
                    print error
                file = os.fdopen(writer, "w")
                file.write("line\\nrest")
                file.close()
                copy = os.dup(reader)
                os.close(reader)
                with os.fdopen(copy) as file:
                    print file.readlines(), oct(os.fstat(copy).st_mode & 0170000)
                try:
                    os.close(copy)
                except OSError as error:
                    print error
                os.write(1, "standard output\\n")
                """);

        Child.Result result = run("script.py");

        assertEquals("""
                3 'ab' False
                True
                (1,)
                [Errno 11] Resource temporarily unavailable
                ['line\\n', 'rest'] 010000
                [Errno 9] Bad file descriptor
                standard output
                """, result.out(), result::err);
    }

    /** Here the descriptors of files on a disk are known too. */
    @Test
    void asyncoreTakesFiles() throws Exception {
        write("script.py", """
                import asyncore, os
                with open("data", "w") as file:
                    file.write("one")
                opened = os.open("data", os.O_WRONLY | os.O_APPEND)
                wrapper = asyncore.file_wrapper(opened)
                os.close(opened)
                print wrapper.send(", two")
                wrapper.close()
                class Reader(asyncore.file_dispatcher):
                    def writable(self):
                        return False
                    def handle_read(self):
                        print repr(self.recv(100))
                    def handle_close(self):
                        print "closed"
                        self.close()
                for opened in os.open("data", os.O_RDONLY), open("data"):
                    Reader(opened)
                    opened.close()
                    asyncore.loop(60, use_poll=True)
                print asyncore.socket_map
                """);

        Child.Result result = run("script.py");

        assertEquals("""
                5
                'one, two'
                closed
                ''
                'one, two'
                closed
                ''
                {}
                """, result.out(), result::err);
    }

    @Test
    void quota() throws Exception {
        Child.Result result = run("--net-quota=sockets=1", "-c", """
                import socket
                kept = socket.socket()
                try:
                    socket.socket()
                except socket.error as failure:
                    print failure
                """);

        assertEquals("[Errno 24] Too many open files: the limit of 1 open sockets\n", result.out(), result::err);
    }

    @Test
    void helpNamesTheOption() throws Exception {
        Child.Result result = run("--help");
        assertTrue(result.out().startsWith("usage: pysockets --jython [option]"), result.out());
        assertEquals(0, result.status());
        assertTrue(run("-V").out().contains("Python 2.7"));
    }
}
