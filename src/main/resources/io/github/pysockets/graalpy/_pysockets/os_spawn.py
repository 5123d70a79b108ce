"""Functions of `os` that start a program: posix_spawn(3), execve(2)."""

import sys as _sys

from _pysockets.arguments import as_int
from _pysockets.codes import failure
from _pysockets.os_arguments import path as _path
from _pysockets.os_arguments import text
from _pysockets.os_host import process_calls as _calls
from _pysockets.os_schedule import sched_param
from operator import index

_OPEN, _CLOSE, _DUP2 = range(3)
_ACTIONS = {
    _OPEN: ("A open file_action tuple must have 5 elements", 5),
    _CLOSE: ("A close file_action tuple must have 2 elements", 2),
    _DUP2: ("A dup2 file_action tuple must have 3 elements", 3),
}

_RESETIDS = 0x01
_SETPGROUP = 0x02
_SETSIGDEF = 0x04
_SETSIGMASK = 0x08
_SETSCHEDPARAM = 0x10
_SETSCHEDULER = 0x20
_SETSID = 0x80
_SIGNALS = 64
_LOW_INT = 0x7FFF_FFFF

_NONE = object()
"""Stands for an argument that was left out."""


def _joined(texts):
    return b"".join(one + b"\0" for one in texts)


def _argv(function, argv):
    if not issubclass(type(argv), (tuple, list)):
        raise TypeError("%s: argv must be a tuple or list" % function)
    if not argv:
        raise ValueError("%s: argv must not be empty" % function)
    texts = [text(one) for one in argv]
    if not texts[0]:
        raise ValueError("%s: argv first element cannot be empty" % function)
    return _joined(texts)


def _environment(function, env):
    if not hasattr(type(env), "__getitem__") or not hasattr(env, "keys"):
        raise TypeError("%s: environment must be a mapping object" % function)
    texts = []
    for name, value in zip(list(env.keys()), list(env.values())):
        name, value = text(name), text(value)
        if not name or b"=" in name:
            raise ValueError("illegal environment variable name")
        texts.append(name + b"=" + value)
    return _joined(texts)


def _action(given):
    if not issubclass(type(given), tuple) or not given:
        raise TypeError("Each file_actions element must be a non-empty tuple")
    kind = index(given[0])
    if kind not in _ACTIONS:
        raise TypeError("Unknown file_actions identifier")
    message, size = _ACTIONS[kind]
    if len(given) != size:
        raise TypeError(message)
    if kind == _OPEN:
        _, fd, path, flags, mode = given
        return kind, as_int(fd), text(path), as_int(flags), index(mode) & _LOW_INT
    return kind, *(as_int(number) for number in given[1:])


def _actions(given):
    if given is None:
        return ()
    try:
        given = tuple(given)
    except TypeError:
        raise TypeError("file_actions must be a sequence or None") from None
    return tuple(_action(one) for one in given)


def _signals(given):
    signals = []
    for signal in given:
        signal = as_int(signal)
        if not 1 <= signal <= _SIGNALS:
            raise ValueError("signal number %d out of range [1; %d]" % (signal, _SIGNALS))
        signals.append(signal)
    return tuple(signals)


def _schedule(scheduler):
    """A tuple (flags, policy, priority)."""
    if not issubclass(type(scheduler), tuple):
        raise TypeError("A scheduler must be a tuple")
    if len(scheduler) != 2:
        raise TypeError("A scheduler tuple must have two elements")
    policy, param = scheduler
    if type(param) is not sched_param:
        raise TypeError("must have a sched_param object")
    priority = as_int(param.sched_priority)
    return (_SETSCHEDPARAM, 0, priority) if policy is None else (_SETSCHEDULER, as_int(policy), priority)


def _spawn(
    function,
    searched,
    path,
    argv,
    env,
    file_actions,
    setpgroup,
    resetids,
    setsid,
    setsigmask,
    setsigdef,
    scheduler,
):
    program = _path(path, function)
    arguments = _argv(function, argv)
    environment = _environment(function, env)
    actions = _actions(file_actions)
    flags = (_RESETIDS if resetids else 0) | (_SETSID if setsid else 0)
    group = policy = priority = 0
    if setpgroup is not _NONE and setpgroup is not None:
        group = as_int(setpgroup)
        flags |= _SETPGROUP
    blocked, defaults = _signals(setsigmask), _signals(setsigdef)
    flags |= (_SETSIGMASK if blocked else 0) | (_SETSIGDEF if defaults else 0)
    if scheduler is not _NONE and scheduler is not None:
        more, policy, priority = _schedule(scheduler)
        flags |= more
    _sys.audit("os.posix_spawn", path, argv, env)
    attributes = flags, group, policy, priority
    result = _calls.spawn(program, searched, arguments, environment, actions, attributes, blocked, defaults)
    if result < 0:
        raise _failure(result, path)
    return result


def _failure(result, path):
    failed = failure(result)
    if issubclass(type(failed), OSError) and failed.errno is not None:
        return OSError(failed.errno, failed.strerror, path)
    return failed


def posix_spawn(
    _module,
    path,
    argv,
    env,
    /,
    *,
    file_actions=(),
    setpgroup=_NONE,
    resetids=False,
    setsid=False,
    setsigmask=(),
    setsigdef=(),
    scheduler=_NONE,
):
    """Start a program in a new process, and return the number of the process: posix_spawn(3)."""
    return _spawn(
        "posix_spawn",
        False,
        path,
        argv,
        env,
        file_actions,
        setpgroup,
        resetids,
        setsid,
        setsigmask,
        setsigdef,
        scheduler,
    )


def posix_spawnp(
    _module,
    path,
    argv,
    env,
    /,
    *,
    file_actions=(),
    setpgroup=_NONE,
    resetids=False,
    setsid=False,
    setsigmask=(),
    setsigdef=(),
    scheduler=_NONE,
):
    """Start a program that PATH leads to in a new process, and return the number of the process: posix_spawn(3)."""
    return _spawn(
        "posix_spawnp",
        True,
        path,
        argv,
        env,
        file_actions,
        setpgroup,
        resetids,
        setsid,
        setsigmask,
        setsigdef,
        scheduler,
    )


def execve(_module, /, path, argv, env):
    """Replace this process by a program: execve(2). `path` may be the number of an open file."""
    if issubclass(type(path), int):
        program = b"/proc/self/fd/%d" % as_int(path)
    else:
        try:
            program = text(path)
        except TypeError:
            kind = "NoneType" if path is None else type(path).__name__
            raise TypeError(
                "execve: path should be string, bytes, os.PathLike or integer, not %s" % kind
            ) from None
    arguments, environment = _argv("execve", argv), _environment("execve", env)
    _sys.audit("os.exec", path, argv, env)
    raise _failure(_calls.execute(program, arguments, environment), path)
