package io.github.pysockets.posix;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Octets between an array on the Java heap and the kernel, with no copy between them. The flags must hold
 * MSG_DONTWAIT: see {@link Libc#transferFunction}. Results are the octets moved, or the negated errno.
 *
 * <p>send(2) is sendto(2) with no address, and recv(2) is recvfrom(2) with none.
 */
final class TransferCalls {
    private static final MethodHandle SENDTO = Libc.transferFunction("sendto");
    private static final MethodHandle RECVFROM = Libc.transferFunction("recvfrom");

    private TransferCalls() {}

    /** @param address of the receiver; 0 for none */
    static int sendto(
            Scratch scratch, int descriptor, MemorySegment data, int flags, long address, int addressLength) {
        try {
            return scratch.result((long) SENDTO.invokeExact(
                    scratch.errnoCapture(), (long) descriptor, data, data.byteSize(), (long) flags, address,
                    (long) addressLength));
        } catch (Throwable thrown) {
            throw Libc.unexpected(thrown);
        }
    }

    /**
     * @param address room for the sender's address; 0 for none
     * @param addressLength room for its length; 0 for none
     */
    static int recvfrom(
            Scratch scratch, int descriptor, MemorySegment data, int flags, long address, long addressLength) {
        try {
            return scratch.result((long) RECVFROM.invokeExact(
                    scratch.errnoCapture(), (long) descriptor, data, data.byteSize(), (long) flags, address,
                    addressLength));
        } catch (Throwable thrown) {
            throw Libc.unexpected(thrown);
        }
    }
}
