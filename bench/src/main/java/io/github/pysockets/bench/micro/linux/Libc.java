package io.github.pysockets.bench.micro.linux;

import io.github.pysockets.stack.DescriptorEndpoint;
import io.github.pysockets.stack.Endpoint;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The C library by java.lang.foreign with nothing around it: what the stack's calls are compared with. errno is
 * captured, as a program needs it, and not looked at.
 */
final class Libc {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MemorySegment ERRNO = Arena.global().allocate(Linker.Option.captureStateLayout());

    private static final MethodHandle SEND = transfer("send");
    private static final MethodHandle RECV = transfer("recv");
    private static final MethodHandle SOCKET = function("socket", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle CONNECT = function("connect", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle ACCEPT = function("accept4", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    private static final MethodHandle GETSOCKOPT =
            function("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle SETSOCKOPT =
            function("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle CLOSE = function("close", JAVA_INT);

    private Libc() {}

    /** The process's number of an endpoint. */
    static int descriptor(Endpoint endpoint) {
        return endpoint.ability(DescriptorEndpoint.class).descriptor();
    }

    private static MethodHandle function(String name, MemoryLayout... parameters) {
        return link(name, FunctionDescriptor.of(JAVA_INT, parameters));
    }

    /** Its array may be on the Java heap, as it is in the stack's calls. */
    private static MethodHandle transfer(String name) {
        return link(name, FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT),
                Linker.Option.critical(true));
    }

    private static MethodHandle link(String name, FunctionDescriptor shape, Linker.Option... options) {
        Linker.Option[] all = new Linker.Option[options.length + 1];
        all[0] = Linker.Option.captureCallState("errno");
        System.arraycopy(options, 0, all, 1, options.length);
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), shape, all).bindTo(ERRNO);
    }

    /** Never waits. */
    static long send(int descriptor, MemorySegment data, int flags) {
        try {
            return (long) SEND.invokeExact(descriptor, data, data.byteSize(), flags);
        } catch (Throwable unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    /** -1 where nothing has come. */
    static long recv(int descriptor, MemorySegment into, int flags) {
        try {
            return (long) RECV.invokeExact(descriptor, into, into.byteSize(), flags);
        } catch (Throwable unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    static int socket(int family, int type) {
        try {
            return checked((int) SOCKET.invokeExact(family, type, 0));
        } catch (Throwable unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    static int connect(int descriptor, MemorySegment address) {
        try {
            return checked((int) CONNECT.invokeExact(descriptor, address, (int) address.byteSize()));
        } catch (Throwable unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    /** @param length an int: the size of {@code address}, and after the call that of the peer's address */
    static int accept(int descriptor, MemorySegment address, MemorySegment length, int flags) {
        try {
            return checked((int) ACCEPT.invokeExact(descriptor, address, length, flags));
        } catch (Throwable unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    /** @param length an int: the size of {@code value} */
    static int getsockopt(int descriptor, int level, int name, MemorySegment value, MemorySegment length) {
        try {
            return checked((int) GETSOCKOPT.invokeExact(descriptor, level, name, value, length));
        } catch (Throwable unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    static int setsockopt(int descriptor, int level, int name, MemorySegment value) {
        try {
            return checked((int) SETSOCKOPT.invokeExact(descriptor, level, name, value, (int) value.byteSize()));
        } catch (Throwable unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    static int close(int descriptor) {
        try {
            return checked((int) CLOSE.invokeExact(descriptor));
        } catch (Throwable unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    private static int checked(int result) {
        if (result < 0) {
            throw new IllegalStateException("errno " + ERRNO.get(JAVA_INT, 0));
        }
        return result;
    }
}
