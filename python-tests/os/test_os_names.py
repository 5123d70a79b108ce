"""Names of `os` that GraalPy lacks and servers use. That they need no import is in LaunchTest."""

import os
import posix
import unittest

from support import require

FUNCTIONS = """
    readv writev preadv pwritev pread pwrite splice sendfile copy_file_range posix_fadvise posix_fallocate fdatasync
    lockf eventfd eventfd_read eventfd_write memfd_create pipe2 pidfd_open wait wait3 wait4 waitid posix_spawn
    posix_spawnp execve sched_yield sched_getaffinity sched_setaffinity sched_getscheduler sched_setscheduler
    sched_getparam sched_setparam sched_get_priority_max sched_get_priority_min sched_rr_get_interval nice getpriority
    setpriority setuid setgid seteuid setegid setreuid setregid setresuid setresgid getresuid getresgid setgroups
    initgroups getrandom times sync setns unshare chroot mkfifo mknod major minor makedev
""".split()

CONSTANTS = dict(
    CLD_CONTINUED=6, CLD_DUMPED=3, CLD_EXITED=1, CLD_KILLED=2, CLD_STOPPED=5, CLD_TRAPPED=4, CLONE_FILES=0x400,
    CLONE_FS=0x200, CLONE_NEWCGROUP=0x2000000, CLONE_NEWIPC=0x8000000, CLONE_NEWNET=0x40000000, CLONE_NEWNS=0x20000,
    CLONE_NEWPID=0x20000000, CLONE_NEWTIME=0x80, CLONE_NEWUSER=0x10000000, CLONE_NEWUTS=0x4000000,
    CLONE_SIGHAND=0x800, CLONE_SYSVSEM=0x40000, CLONE_THREAD=0x10000, CLONE_VM=0x100, EFD_CLOEXEC=0x80000,
    EFD_NONBLOCK=0x800, EFD_SEMAPHORE=1, F_LOCK=1, F_TEST=3, F_TLOCK=2, F_ULOCK=0, GRND_NONBLOCK=1, GRND_RANDOM=2,
    MFD_ALLOW_SEALING=2, MFD_CLOEXEC=1, MFD_HUGETLB=4, MFD_HUGE_16GB=0x88000000, MFD_HUGE_16MB=0x60000000,
    MFD_HUGE_1GB=0x78000000, MFD_HUGE_1MB=0x50000000, MFD_HUGE_256MB=0x70000000, MFD_HUGE_2GB=0x7C000000,
    MFD_HUGE_2MB=0x54000000, MFD_HUGE_32MB=0x64000000, MFD_HUGE_512KB=0x4C000000, MFD_HUGE_512MB=0x74000000,
    MFD_HUGE_64KB=0x40000000, MFD_HUGE_8MB=0x5C000000, MFD_HUGE_MASK=63, MFD_HUGE_SHIFT=26, NGROUPS_MAX=65536,
    POSIX_FADV_DONTNEED=4, POSIX_FADV_NOREUSE=5, POSIX_FADV_NORMAL=0, POSIX_FADV_RANDOM=1, POSIX_FADV_SEQUENTIAL=2,
    POSIX_FADV_WILLNEED=3, POSIX_SPAWN_CLOSE=1, POSIX_SPAWN_DUP2=2, POSIX_SPAWN_OPEN=0, PRIO_PGRP=1, PRIO_PROCESS=0,
    PRIO_USER=2, P_ALL=0, P_PGID=2, P_PID=1, P_PIDFD=3, RWF_APPEND=16, RWF_DSYNC=2, RWF_HIPRI=1, RWF_NOWAIT=8,
    RWF_SYNC=4, SCHED_BATCH=3, SCHED_FIFO=1, SCHED_IDLE=5, SCHED_OTHER=0, SCHED_RESET_ON_FORK=0x40000000, SCHED_RR=2,
    SPLICE_F_MORE=4, SPLICE_F_MOVE=1, SPLICE_F_NONBLOCK=2, WCONTINUED=8, WEXITED=4, WNOWAIT=0x1000000, WSTOPPED=2,
)  # fmt: skip


def setUpModule():
    require(os, "waitid")


class NamesTest(unittest.TestCase):
    def test_functions(self):
        for name in FUNCTIONS:
            with self.subTest(name=name):
                function = getattr(os, name)
                self.assertTrue(callable(function))
                self.assertEqual(function.__name__, name)
                self.assertIn(name, dir(os))
                self.assertTrue(hasattr(posix, name))

    def test_constants(self):
        for name, value in CONSTANTS.items():
            with self.subTest(name=name):
                self.assertEqual(getattr(os, name), value)

    def test_they_are_no_methods_of_a_class_that_has_them(self):
        class Holder:
            count = os.getrandom

        self.assertEqual(len(Holder().count(3)), 3)


if __name__ == "__main__":
    unittest.main()
