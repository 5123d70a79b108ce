package io.github.pysockets.linux;

import static io.github.pysockets.abi.MessageFlags.MSG_DONTWAIT;
import static io.github.pysockets.abi.MessageFlags.MSG_ZEROCOPY;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Moves bytes between an array on the Java heap and the kernel, without another copy. The garbage collector waits for
 * these calls, so they never wait: MSG_DONTWAIT is added to the flags of each. The kernel must not keep the array after
 * the call, so MSG_ZEROCOPY is removed. Results are the number of bytes moved, or the negated errno.
 *
 * <p>send(2) is sendto(2) with no address, and recv(2) is recvfrom(2) with none.
 */
final class TransferCalls {
    private static final MethodHandle SENDTO = Libc.transferFunction("sendto");
    private static final MethodHandle RECVFROM = Libc.transferFunction("recvfrom");

    private TransferCalls() {}

    static int send(Scratch scratch, int descriptor, MemorySegment data, int flags) {
        return sendto(scratch, descriptor, data, flags, 0, 0);
    }

    /** @param to the receiver's address */
    static int sendto(Scratch scratch, int descriptor, MemorySegment data, int flags, MemorySegment to) {
        return sendto(scratch, descriptor, data, flags, to.address(), to.byteSize());
    }

    private static int sendto(
            Scratch scratch, int descriptor, MemorySegment data, int flags, long address, long addressLength) {
        try {
            int result = scratch.result((long) SENDTO.invokeExact(
                    scratch.errnoCapture(), (long) descriptor, data, data.byteSize(),
                    (long) (flags & ~MSG_ZEROCOPY | MSG_DONTWAIT), address, addressLength));
            if (Room.GUARDED) {
                scratch.check();
            }
            return result;
        } catch (Throwable thrown) {
            throw Libc.unexpected(thrown);
        }
    }

    static int recv(Scratch scratch, int descriptor, MemorySegment data, int flags) {
        return recvfrom(scratch, descriptor, data, flags, 0, 0);
    }

    /** The sender's address is left in {@link Scratch#address}, its length in {@link Scratch#length}. */
    static int recvfrom(Scratch scratch, int descriptor, MemorySegment data, int flags) {
        MemorySegment from = scratch.emptyAddress();
        return recvfrom(
                scratch, descriptor, data, flags, from.address(),
                scratch.lengthPointer(from, Scratch.ADDRESS_SIZE));
    }

    private static int recvfrom(
            Scratch scratch, int descriptor, MemorySegment data, int flags, long address, long addressLength) {
        try {
            int result = scratch.result((long) RECVFROM.invokeExact(
                    scratch.errnoCapture(), (long) descriptor, data, data.byteSize(), (long) (flags | MSG_DONTWAIT),
                    address, addressLength));
            if (Room.GUARDED) {
                scratch.check();
            }
            return result;
        } catch (Throwable thrown) {
            throw Libc.unexpected(thrown);
        }
    }
}
