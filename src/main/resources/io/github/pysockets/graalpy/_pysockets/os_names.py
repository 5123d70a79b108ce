"""What GraalPy's `os` lacks, there from the start: constants, and functions that are loaded at their first call."""

import posix
import sys
from types import MethodType

_FUNCTIONS = {
    "descriptors": "sendfile",
    "os_files": "readv writev pread pwrite preadv pwritev splice copy_file_range posix_fadvise posix_fallocate"
    " fdatasync lockf",
    "os_descriptors": "eventfd eventfd_read eventfd_write memfd_create pipe2 pidfd_open",
    "os_wait": "wait wait3 wait4 waitid waitid_result",
    "os_spawn": "posix_spawn posix_spawnp execve",
    "os_schedule": "sched_yield sched_getaffinity sched_setaffinity sched_getscheduler sched_setscheduler"
    " sched_getparam sched_setparam sched_get_priority_max sched_get_priority_min sched_rr_get_interval sched_param"
    " nice getpriority setpriority",
    "os_users": "setuid setgid seteuid setegid setreuid setregid setresuid setresgid getresuid getresgid setgroups"
    " initgroups",
    "os_process": "getrandom times times_result sync setns unshare chroot mkfifo mknod major minor makedev",
}
"""The functions and types by the module of ours that has them."""

_CONSTANTS = {
    "CLD_CONTINUED": 6,
    "CLD_DUMPED": 3,
    "CLD_EXITED": 1,
    "CLD_KILLED": 2,
    "CLD_STOPPED": 5,
    "CLD_TRAPPED": 4,
    "CLONE_FILES": 0x400,
    "CLONE_FS": 0x200,
    "CLONE_NEWCGROUP": 0x2000000,
    "CLONE_NEWIPC": 0x8000000,
    "CLONE_NEWNET": 0x40000000,
    "CLONE_NEWNS": 0x20000,
    "CLONE_NEWPID": 0x20000000,
    "CLONE_NEWTIME": 0x80,
    "CLONE_NEWUSER": 0x10000000,
    "CLONE_NEWUTS": 0x4000000,
    "CLONE_SIGHAND": 0x800,
    "CLONE_SYSVSEM": 0x40000,
    "CLONE_THREAD": 0x10000,
    "CLONE_VM": 0x100,
    "EFD_CLOEXEC": 0x80000,
    "EFD_NONBLOCK": 0x800,
    "EFD_SEMAPHORE": 1,
    "F_LOCK": 1,
    "F_TEST": 3,
    "F_TLOCK": 2,
    "F_ULOCK": 0,
    "GRND_NONBLOCK": 1,
    "GRND_RANDOM": 2,
    "MFD_ALLOW_SEALING": 2,
    "MFD_CLOEXEC": 1,
    "MFD_HUGETLB": 4,
    "MFD_HUGE_16GB": 34 << 26,
    "MFD_HUGE_16MB": 24 << 26,
    "MFD_HUGE_1GB": 30 << 26,
    "MFD_HUGE_1MB": 20 << 26,
    "MFD_HUGE_256MB": 28 << 26,
    "MFD_HUGE_2GB": 31 << 26,
    "MFD_HUGE_2MB": 21 << 26,
    "MFD_HUGE_32MB": 25 << 26,
    "MFD_HUGE_512KB": 19 << 26,
    "MFD_HUGE_512MB": 29 << 26,
    "MFD_HUGE_64KB": 16 << 26,
    "MFD_HUGE_8MB": 23 << 26,
    "MFD_HUGE_MASK": 63,
    "MFD_HUGE_SHIFT": 26,
    "NGROUPS_MAX": 65536,
    "POSIX_FADV_DONTNEED": 4,
    "POSIX_FADV_NOREUSE": 5,
    "POSIX_FADV_NORMAL": 0,
    "POSIX_FADV_RANDOM": 1,
    "POSIX_FADV_SEQUENTIAL": 2,
    "POSIX_FADV_WILLNEED": 3,
    "POSIX_SPAWN_CLOSE": 1,
    "POSIX_SPAWN_DUP2": 2,
    "POSIX_SPAWN_OPEN": 0,
    "PRIO_PGRP": 1,
    "PRIO_PROCESS": 0,
    "PRIO_USER": 2,
    "P_ALL": 0,
    "P_PGID": 2,
    "P_PID": 1,
    "P_PIDFD": 3,
    "RWF_APPEND": 16,
    "RWF_DSYNC": 2,
    "RWF_HIPRI": 1,
    "RWF_NOWAIT": 8,
    "RWF_SYNC": 4,
    "SCHED_BATCH": 3,
    "SCHED_FIFO": 1,
    "SCHED_IDLE": 5,
    "SCHED_OTHER": 0,
    "SCHED_RESET_ON_FORK": 0x40000000,
    "SCHED_RR": 2,
    "SPLICE_F_MORE": 4,
    "SPLICE_F_MOVE": 1,
    "SPLICE_F_NONBLOCK": 2,
    "WCONTINUED": 8,
    "WEXITED": 4,
    "WNOWAIT": 0x1000000,
    "WSTOPPED": 2,
}


_late_ones = set()


def announce():
    """Puts all names that are missing into `posix`, and into `os` where that has been imported."""
    places = [vars(module) for module in (posix, sys.modules.get("os")) if module is not None]
    missing = {name: value for name, value in _CONSTANTS.items() if name not in places[0]}
    for home, names in _FUNCTIONS.items():
        for name in names.split():
            if name not in places[0]:
                missing[name] = _late(home, name)
                _late_ones.add(name)
    for place in places:
        place.update(missing)


def _late(home, name):
    """A function that gets the one of this name at its first call, in the module `home`, and is that from then on."""
    found = None

    def function(module, /, *args, **keywords):
        nonlocal found
        if found is None:
            found = _load(home, name)
        return found(*args, **keywords)

    function.__name__ = function.__qualname__ = name
    function.__module__ = "posix"
    return MethodType(function, posix)


def _load(home, name):
    from _pysockets import os_patches

    os_patches.apply()
    os_patches.put_all(home, [name for name in _FUNCTIONS[home].split() if name in _late_ones])
    return vars(posix)[name]
