package io.github.pysockets.linux;

import static io.github.pysockets.linux.Fields.HOST_INT;
import static io.github.pysockets.linux.Fields.HOST_LONG;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.SpawnRequest;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/**
 * Starts programs. glibc's posix_spawn makes the new process without copying this one, so the other threads of the JVM
 * do not matter.
 */
final class Spawning {
    /** More than struct posix_spawn_file_actions_t and posix_spawnattr_t have: 80 and 336 bytes. */
    private static final int ROOM = 512;

    private static final int SIGSET_SIZE = 128;
    private static final int SIGNALS = 64;

    private Spawning() {}

    /** Returns the negated errno. */
    static int execute(byte[] path, byte[] arguments, byte[] environment) {
        try (Room file = NativeText.terminated(path);
                StringVector argv = new StringVector(arguments);
                StringVector envp = new StringVector(environment)) {
            return Libc.call(Executing.EXECVE, file.bytes().address(), argv.address(), envp.address());
        }
    }

    /** Returns the number of the process, or the negated errno. */
    static int spawn(SpawnRequest request) {
        try (Room room = Room.of(2 * ROOM)) {
            MemorySegment actions = room.bytes().asSlice(0, ROOM);
            MemorySegment attributes = room.bytes().asSlice(ROOM, ROOM);
            int failure = call(Actions.INIT, actions.address());
            if (failure != 0) {
                return failure;
            }
            try {
                failure = addAll(request, actions);
                return failure != 0 ? failure : withAttributes(request, actions, attributes);
            } finally {
                call(Actions.DESTROY, actions.address());
            }
        }
    }

    private static int addAll(SpawnRequest request, MemorySegment actions) {
        long at = actions.address();
        for (SpawnRequest.Action action : request.actions()) {
            int failure = switch (action) {
                case SpawnRequest.Open open -> {
                    try (Room path = NativeText.terminated(open.path())) {
                        yield call(
                                Actions.OPEN, at, open.descriptor(), path.bytes().address(), open.flags(), open.mode());
                    }
                }
                case SpawnRequest.Close close -> call(Actions.CLOSE, at, close.descriptor());
                case SpawnRequest.Duplicate duplicate ->
                    call(Actions.DUP2, at, duplicate.descriptor(), duplicate.to());
            };
            if (failure != 0) {
                return failure;
            }
        }
        return 0;
    }

    private static int withAttributes(SpawnRequest request, MemorySegment actions, MemorySegment attributes) {
        long at = attributes.address();
        int failure = call(Attributes.INIT, at);
        if (failure != 0) {
            return failure;
        }
        try (Room signals = Room.of(2 * SIGSET_SIZE + Integer.BYTES)) {
            MemorySegment blocked = signals.bytes().asSlice(0, SIGSET_SIZE);
            MemorySegment defaults = signals.bytes().asSlice(SIGSET_SIZE, SIGSET_SIZE);
            MemorySegment priority = signals.bytes().asSlice(2 * SIGSET_SIZE, Integer.BYTES);
            if (!encode(request.blocked(), blocked) || !encode(request.defaults(), defaults)) {
                return -Errno.EINVAL;
            }
            priority.set(HOST_INT, 0, request.priority());
            int[] results = {
                call(Attributes.FLAGS, at, request.flags()), call(Attributes.GROUP, at, request.group()),
                call(Attributes.MASK, at, blocked.address()), call(Attributes.DEFAULTS, at, defaults.address()),
                call(Attributes.POLICY, at, request.policy()), call(Attributes.PRIORITY, at, priority.address())};
            for (int result : results) {
                if (result != 0) {
                    return result;
                }
            }
            return start(request, actions, attributes);
        } finally {
            call(Attributes.DESTROY, at);
        }
    }

    private static int start(SpawnRequest request, MemorySegment actions, MemorySegment attributes) {
        try (Room file = NativeText.terminated(request.path());
                StringVector argv = new StringVector(request.arguments());
                StringVector envp = new StringVector(request.environment());
                Room process = Room.of(Integer.BYTES)) {
            int failure = -Libc.call(
                    request.isSearched() ? Starting.SPAWNP : Starting.SPAWN,
                    process.bytes().address(), file.bytes().address(), actions.address(), attributes.address(),
                    argv.address(), envp.address());
            return failure != 0 ? failure : process.bytes().get(HOST_INT, 0);
        }
    }

    private static boolean encode(int[] signals, MemorySegment set) {
        for (int signal : signals) {
            if (signal < 1 || signal > SIGNALS) {
                return false;
            }
            set.set(HOST_LONG, 0, set.get(HOST_LONG, 0) | 1L << signal - 1);
        }
        return true;
    }

    /** These functions return an errno, 0 for success. The result is negated. */
    private static int call(MethodHandle function, long... words) {
        long[] six = Arrays.copyOf(words, 6);
        return -Libc.call(function, six[0], six[1], six[2], six[3], six[4], six[5]);
    }

    private static final class Executing {
        static final MethodHandle EXECVE = Libc.function("execve");
    }

    private static final class Starting {
        static final MethodHandle SPAWN = Libc.function("posix_spawn");
        static final MethodHandle SPAWNP = Libc.function("posix_spawnp");
    }

    private static final class Actions {
        static final MethodHandle INIT = Libc.function("posix_spawn_file_actions_init");
        static final MethodHandle DESTROY = Libc.function("posix_spawn_file_actions_destroy");
        static final MethodHandle OPEN = Libc.function("posix_spawn_file_actions_addopen");
        static final MethodHandle CLOSE = Libc.function("posix_spawn_file_actions_addclose");
        static final MethodHandle DUP2 = Libc.function("posix_spawn_file_actions_adddup2");
    }

    private static final class Attributes {
        static final MethodHandle INIT = Libc.function("posix_spawnattr_init");
        static final MethodHandle DESTROY = Libc.function("posix_spawnattr_destroy");
        static final MethodHandle FLAGS = Libc.function("posix_spawnattr_setflags");
        static final MethodHandle GROUP = Libc.function("posix_spawnattr_setpgroup");
        static final MethodHandle MASK = Libc.function("posix_spawnattr_setsigmask");
        static final MethodHandle DEFAULTS = Libc.function("posix_spawnattr_setsigdefault");
        static final MethodHandle POLICY = Libc.function("posix_spawnattr_setschedpolicy");
        static final MethodHandle PRIORITY = Libc.function("posix_spawnattr_setschedparam");
    }
}
