package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.fixtures.Sandbox;
import io.github.pysockets.fixtures.ScriptContexts;
import org.graalvm.polyglot.Context;
import org.junit.jupiter.api.Test;

/** Who gets the functions of {@code os} that GraalPy lacks, and when. */
final class OsNamesTest {
    private static final String MISSING = """
            import sys
            names = '''
                readv writev preadv pwritev pread pwrite splice sendfile copy_file_range posix_fadvise posix_fallocate
                fdatasync lockf eventfd eventfd_read eventfd_write memfd_create pipe2 pidfd_open wait wait3 wait4 waitid
                posix_spawn posix_spawnp execve sched_yield sched_getaffinity sched_setaffinity sched_getscheduler
                sched_setscheduler sched_getparam sched_setparam sched_get_priority_max sched_get_priority_min
                sched_rr_get_interval nice getpriority setpriority setuid setgid seteuid setegid setreuid setregid
                setresuid setresgid getresuid getresgid setgroups initgroups getrandom times sync setns unshare chroot
                mkfifo mknod major minor makedev waitid_result sched_param times_result
                EFD_NONBLOCK MFD_CLOEXEC SPLICE_F_MORE P_PID RWF_NOWAIT POSIX_FADV_NORMAL GRND_NONBLOCK CLD_EXITED
            '''.split()
            known = "os" in sys.modules
            import os, posix
            from os import *
            [name for name in names if not hasattr(os, name) or not hasattr(posix, name) or name not in globals()]
            """;

    private static String text(Context context, String code) {
        return Sandbox.text(context.eval("python", code));
    }

    @Test
    void nativeBackendHasThemBeforeAnyImport() {
        try (Context context = ScriptContexts.nativeBackend().build()) {
            PySockets sockets = PySockets.install(context);
            assertEquals("[]", text(context, MISSING));
            assertEquals("False False", text(context, "'%s %s' % (known, '_socket' in sys.modules)"));
            sockets.close();
        }
    }

    /** They are the script's own, so it may wait for them although foreign descriptors are not allowed. */
    @Test
    void descriptorsThatTheyMakeAreTheScriptsOwn() {
        try (Context context = ScriptContexts.nativeBackend().build()) {
            PySockets sockets = PySockets.install(context);
            assertEquals("[(True, 1)] 5", text(context, """
                    import os, select
                    event = os.eventfd(0, os.EFD_NONBLOCK)
                    epoll = select.epoll()
                    epoll.register(event, select.EPOLLIN)
                    os.eventfd_write(event, 5)
                    ready = [(fd == event, events) for fd, events in epoll.poll(20)]
                    "%s %s" % (ready, os.eventfd_read(event))
                    """));
            sockets.close();
            assertEquals("9", text(context, """
                    try:
                        number = os.eventfd(0)
                    except OSError as failure:
                        number = failure.errno
                    number
                    """));
        }
    }

    @Test
    void contextThatHasNothingElseGetsNone() {
        try (Sandbox sandbox = new Sandbox()) {
            String missing = sandbox.text(MISSING);
            assertEquals(sandbox.text("names"), missing);
        }
    }

    /** A script can reach the host's calls without them. */
    @Test
    void contextThatHasNothingElseIsRefusedTheCalls() {
        try (Sandbox sandbox = new Sandbox()) {
            assertEquals("{-10020}", sandbox.text("""
                    from _pysockets.host import exports
                    calls = exports.processes()
                    results = {
                        calls.eventfd(0, 0), calls.memfd(b"x", 0), calls.pipe(0), calls.pidfd(1, 0),
                        calls.call("GETRESUID", 0, 0, 0, None, 0), calls.call("SETUID", 0, 0, 0, None, 0),
                        calls.callUntilDone("WAIT4", -1, 0, 0, None, 0),
                        calls.spawn(b"/bin/true", False, b"true\\0", b"", (), (0, 0, 0, 0), (), ()),
                        calls.execute(b"/bin/true", b"true\\0", b""),
                    }
                    str(results)
                    """));
        }
    }
}
