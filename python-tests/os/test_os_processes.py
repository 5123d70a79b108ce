"""Functions of `os` about processes: starting one, waiting for it, scheduling, users."""

import errno
import os
import signal
import tempfile
import unittest

from support import require
from support.refusals import RefusalTestCase

TRUE = "/bin/true"


def setUpModule():
    require(os, "waitid")


def run(*arguments, **keywords):
    return os.posix_spawn("/bin/sh", ["sh", "-c", *arguments], os.environ, **keywords)


class SpawnTest(RefusalTestCase):
    def status(self, pid):
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

    def test_its_end(self):
        self.assertEqual(self.status(os.posix_spawn(TRUE, [TRUE], {})), 0)
        self.assertEqual(self.status(run("exit 7")), 7)
        self.assertEqual(self.status(run("kill -9 $$")), -9)

    def test_arguments_and_environment(self):
        script = 'test "$0" = zero && test "$1" = "two words" && test "$NAME" = value && test -z "$HOME"'
        given = ("sh", "-c", script, b"zero", "two words")
        self.assertEqual(self.status(os.posix_spawn("/bin/sh", given, {b"NAME": "value"})), 0)

    def test_the_search_for_it(self):
        self.assertEqual(self.status(os.posix_spawnp("true", ["true"], os.environ)), 0)
        self.assertErrno(errno.ENOENT, os.posix_spawn, "true", ["true"], {})
        self.assertErrno(errno.ENOENT, os.posix_spawnp, "no such program", ["x"], {})

    def test_descriptors(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "out")
            actions = [
                (os.POSIX_SPAWN_OPEN, 1, path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
                (os.POSIX_SPAWN_DUP2, 1, 2),
                (os.POSIX_SPAWN_CLOSE, 0),
            ]
            script = "echo out; echo err >&2; test ! -e /proc/self/fd/0"
            self.status(run(script, file_actions=actions))
            with open(path) as file:
                self.assertEqual(file.read(), "out\nerr\n")

    def test_a_pipe_to_it(self):
        reader, writer = os.pipe2(os.O_CLOEXEC)
        pid = run("echo through", file_actions=[(os.POSIX_SPAWN_DUP2, writer, 1)])
        os.close(writer)
        self.addCleanup(os.close, reader)
        self.assertEqual(os.read(reader, 99), b"through\n")
        self.assertEqual(self.status(pid), 0)

    def test_groups_and_sessions(self):
        own = "test $(ps -o pgid= -p $$) = $$"
        if self.status(run("ps -p $$ > /dev/null")) != 0:
            self.skipTest("the machine has no ps")
        self.assertNotEqual(self.status(run(own)), 0)
        self.assertEqual(self.status(run(own, setpgroup=0)), 0)
        self.assertEqual(self.status(run(own, setsid=True)), 0)

    def test_signals(self):
        self.assertEqual(self.status(run("kill -USR1 $$", setsigdef=[signal.SIGUSR1])), -signal.SIGUSR1)
        self.assertEqual(self.status(run("kill -USR1 $$; exit 5", setsigmask=[signal.SIGUSR1])), 5)

    def test_schedule(self):
        for policy in (None, os.SCHED_OTHER):
            self.assertEqual(self.status(run("true", scheduler=(policy, os.sched_param(0)))), 0)
        self.assertErrno(errno.EINVAL, lambda: run("true", scheduler=(os.SCHED_RR, os.sched_param(200))))

    def test_refusals(self):
        for argv, error, text in (
            (5, TypeError, "posix_spawn: argv must be a tuple or list"),
            ([], ValueError, "posix_spawn: argv must not be empty"),
            ([""], ValueError, "posix_spawn: argv first element cannot be empty"),
            ([5], TypeError, "expected str, bytes or os.PathLike object, not int"),
            (["a\0"], ValueError, "embedded null byte"),
        ):
            self.assertRefused(error, text, os.posix_spawn, TRUE, argv, {})
        text = "posix_spawn: environment must be a mapping object"
        self.assertRefused(TypeError, text, os.posix_spawn, TRUE, [TRUE], 5)
        for name in ("", "a=b"):
            text = "illegal environment variable name"
            self.assertRefused(ValueError, text, os.posix_spawn, TRUE, [TRUE], {name: "x"})
        for actions, text in (
            (5, "file_actions must be a sequence or None"),
            ([5], "Each file_actions element must be a non-empty tuple"),
            ([()], "Each file_actions element must be a non-empty tuple"),
            ([(9,)], "Unknown file_actions identifier"),
            ([(os.POSIX_SPAWN_OPEN, 1)], "A open file_action tuple must have 5 elements"),
            ([(os.POSIX_SPAWN_CLOSE,)], "A close file_action tuple must have 2 elements"),
            ([(os.POSIX_SPAWN_DUP2, 1)], "A dup2 file_action tuple must have 3 elements"),
        ):
            self.assertRefused(TypeError, text, lambda: run("true", file_actions=actions))
        for number in (0, 65):
            text = "signal number %d out of range [1; 64]" % number
            self.assertRefused(ValueError, text, lambda: run("true", setsigmask=[number]))

    def test_execve_refusals(self):
        self.assertRefused(TypeError, "execve: argv must be a tuple or list", os.execve, TRUE, 5, {})
        self.assertRefused(ValueError, "execve: argv must not be empty", os.execve, TRUE, [], {})
        self.assertErrno(errno.ENOENT, os.execve, "/no such program", ["x"], {})


class WaitTest(RefusalTestCase):
    def test_waitid(self):
        pid = run("exit 7")
        found = os.waitid(os.P_PID, pid, os.WEXITED)
        self.assertEqual((found.si_pid, found.si_status, found.si_code), (pid, 7, os.CLD_EXITED))
        self.assertEqual((found.si_signo, found.si_uid), (signal.SIGCHLD, os.getuid()))
        self.assertEqual(tuple(found), (pid, os.getuid(), signal.SIGCHLD, 7, os.CLD_EXITED))
        self.assertEqual(
            repr(found),
            "posix.waitid_result(si_pid=%d, si_uid=%d, si_signo=%d, si_status=7, si_code=1)"
            % (pid, os.getuid(), signal.SIGCHLD),
        )

    def test_waitid_leaves_it(self):
        pid = run("kill -9 $$")
        for options in (os.WEXITED | os.WNOWAIT, os.WEXITED):
            found = os.waitid(os.P_PID, pid, options)
            self.assertEqual((found.si_status, found.si_code), (9, os.CLD_KILLED))
        self.assertErrno(errno.ECHILD, os.waitid, os.P_PID, pid, os.WEXITED)

    def test_waitid_without_waiting(self):
        reader, writer = os.pipe2(os.O_CLOEXEC)
        pid = run("read line", file_actions=[(os.POSIX_SPAWN_DUP2, reader, 0)])
        os.close(reader)
        self.assertIsNone(os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG))
        waiting = self.peer(os.waitid, os.P_PID, pid, os.WEXITED)
        os.close(writer)
        self.assertEqual(waiting.join().si_pid, pid)

    def test_waitid_of_a_pidfd(self):
        pid = run("exit 3")
        fd = os.pidfd_open(pid)
        self.addCleanup(os.close, fd)
        self.assertEqual(os.waitid(os.P_PIDFD, fd, os.WEXITED).si_status, 3)

    def test_waitid_refusals(self):
        self.assertErrno(errno.EINVAL, os.waitid, 77, 1, os.WEXITED)
        self.assertErrno(errno.EINVAL, os.waitid, os.P_ALL, 0, 0)
        self.assertErrno(errno.ECHILD, os.waitid, os.P_PID, 1, os.WEXITED)

    def test_wait4(self):
        pid = run("exit 7")
        found, status, usage = os.wait4(pid, 0)
        self.assertEqual((found, os.waitstatus_to_exitcode(status)), (pid, 7))
        self.assertTrue(0 <= usage.ru_utime < 20 and usage.ru_maxrss > 0, usage)
        self.assertErrno(errno.ECHILD, os.wait4, pid, 0)

    def test_any_child(self):
        for wait in (os.wait, lambda: os.wait3(0)[:2]):
            pid = run("exit 7")
            found, status = wait()
            self.assertEqual((found, os.waitstatus_to_exitcode(status)), (pid, 7))


class ScheduleTest(RefusalTestCase):
    def test_affinity(self):
        before = os.sched_getaffinity(0)
        self.assertTrue(before and before <= set(range(4096)), before)
        one = {min(before)}
        os.sched_setaffinity(0, one)
        self.assertEqual(os.sched_getaffinity(0), one)
        os.sched_setaffinity(0, before)
        self.assertEqual(os.sched_getaffinity(0), before)

    def test_affinity_refusals(self):
        self.assertErrno(errno.EINVAL, os.sched_setaffinity, 0, [])
        self.assertErrno(errno.EINVAL, os.sched_setaffinity, 0, [100_000])
        self.assertErrno(errno.ESRCH, os.sched_getaffinity, -1)
        self.assertRefused(ValueError, "negative CPU number", os.sched_setaffinity, 0, [-1])
        self.assertRefused(OverflowError, "CPU number too large", os.sched_setaffinity, 0, [1 << 31])
        self.assertRefused(TypeError, "'int' object is not iterable", os.sched_setaffinity, 0, 5)

    def test_policy(self):
        self.assertIn(os.sched_getscheduler(0), (os.SCHED_OTHER, os.SCHED_BATCH, os.SCHED_IDLE))
        self.assertEqual(os.sched_getparam(0), os.sched_param(0))
        self.assertEqual(os.sched_getparam(0).sched_priority, 0)
        self.assertEqual(repr(os.sched_param(5)), "posix.sched_param(sched_priority=5)")
        self.assertIsNone(os.sched_setparam(0, os.sched_param(0)))
        self.assertEqual(os.sched_get_priority_max(os.SCHED_RR), 99)
        self.assertEqual(os.sched_get_priority_min(os.SCHED_RR), 1)
        self.assertErrno(errno.EINVAL, os.sched_get_priority_max, 99)
        self.assertRefused(TypeError, "must have a sched_param object", os.sched_setscheduler, 0, 0, 5)
        self.assertGreaterEqual(os.sched_rr_get_interval(0), 0)
        self.assertIsNone(os.sched_yield())

    def test_priority(self):
        now = os.getpriority(os.PRIO_PROCESS, 0)
        self.assertTrue(-20 <= now < 20)
        self.assertEqual(os.nice(0), now)
        os.setpriority(os.PRIO_PROCESS, 0, now)
        self.assertErrno(errno.EINVAL, os.getpriority, 9, 0)


class IdentityTest(RefusalTestCase):
    def test_own_numbers(self):
        user, group = os.getresuid(), os.getresgid()
        self.assertEqual((user[0], group[0]), (os.getuid(), os.getgid()))
        self.assertEqual((user[1], group[1]), (os.geteuid(), os.getegid()))
        os.setresuid(*user)
        os.setresgid(*group)
        os.setreuid(-1, -1)
        os.setregid(-1, -1)
        os.seteuid(user[1])
        os.setegid(group[1])
        self.assertEqual((os.getresuid(), os.getresgid()), (user, group))

    def test_refusals(self):
        for call, kind in ((os.setuid, "uid"), (os.setgid, "gid"), (os.seteuid, "uid"), (os.setegid, "gid")):
            self.assertRefused(TypeError, "%s should be integer, not str" % kind, call, "x")
            self.assertRefused(OverflowError, "%s is less than minimum" % kind, call, -2)
            self.assertErrno(errno.EINVAL, call, -1)
        self.assertRefused(TypeError, "setgroups argument must be a sequence", os.setgroups, 5)
        self.assertRefused(TypeError, "groups must be integers", os.setgroups, ["x"])
        self.assertRefused(ValueError, "too many groups", os.setgroups, [0] * 70_000)


class OtherTest(RefusalTestCase):
    def test_random_bytes(self):
        self.assertEqual([len(os.getrandom(size)) for size in (0, 1, 256)], [0, 1, 256])
        self.assertNotEqual(os.getrandom(20), os.getrandom(size=20, flags=os.GRND_NONBLOCK))
        self.assertErrno(errno.EINVAL, os.getrandom, -1)
        self.assertErrno(errno.EINVAL, os.getrandom, 5, 77)

    def test_times(self):
        first, second = os.times(), os.times()
        self.assertTrue(0 < first.elapsed <= second.elapsed)
        self.assertTrue(0 <= first.user <= second.user)
        self.assertEqual(len(first), 5)

    def test_a_named_pipe(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "pipe")
            os.mkfifo(path)
            opening = self.peer(os.open, path, os.O_RDONLY)
            writer = os.open(path, os.O_WRONLY)
            self.addCleanup(os.close, writer)
            reader = opening.join()
            self.addCleanup(os.close, reader)
            os.writev(writer, [b"a", b"b"])
            self.assertEqual(os.read(reader, 9), b"ab")
            self.assertErrno(errno.EEXIST, os.mkfifo, path)

    def test_numbers_of_devices(self):
        for major, minor in ((0, 0), (1, 2), (0x12345, 0x12345), (4095, 0xFFFFF)):
            device = os.makedev(major, minor)
            self.assertEqual((os.major(device), os.minor(device)), (major, minor))
        self.assertEqual(os.makedev(1, 3), 0x103)


if __name__ == "__main__":
    unittest.main()
