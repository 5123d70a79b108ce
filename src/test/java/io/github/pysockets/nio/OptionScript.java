package io.github.pysockets.nio;

import io.github.pysockets.abi.Constants;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.StackException;
import java.util.Arrays;

/** Sets and reads one option in many ways. */
final class OptionScript {
    private OptionScript() {}

    interface Call {
        Object run() throws StackException;
    }

    interface Log {
        void call(String what, Call call);
    }

    static void run(NioOption option, Endpoint socket, Log log) {
        if (option.kind() == NioOption.Kind.GROUP || option.kind() == NioOption.Kind.INTERFACE) {
            return;
        }
        int level = (int) Constants.number(option.levelName());
        int name = (int) Constants.number(option.name());
        read(option, level, name, socket, log);
        for (int value : new int[] {1, 0, 77, -1, 300, 100_000}) {
            log.call(option + " set " + value, () -> {
                socket.setOption(level, name, value);
                return "done";
            });
            read(option, level, name, socket, log);
        }
        for (int length : new int[] {0, 1, 2, 4, 8, 16, 20}) {
            byte[] value = new byte[length];
            if (length > 0) {
                value[0] = 5;
            }
            log.call(option + " set bytes " + length, () -> {
                socket.setOption(level, name, value);
                return "done";
            });
            read(option, level, name, socket, log);
        }
    }

    private static void read(NioOption option, int level, int name, Endpoint socket, Log log) {
        log.call(option + "", () -> socket.getOption(level, name));
        for (int length : new int[] {0, 1, 2, 3, 4, 8, 16, 20}) {
            log.call(option + " bytes " + length, () -> {
                byte[] value = new byte[length];
                return socket.getOption(level, name, value) + Arrays.toString(value);
            });
        }
    }
}
