package io.github.pysockets.python;

import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.AddressFamilies.AF_INET6;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.AddressHolder;

/** The datagrams that a socket receives. */
final class LoopDatagrams implements LoopSource {
    private static final int LARGEST_OF_INET = 64 * 1024;

    /** Datagrams of one socket in a round. */
    private static final int MOST_AT_ONCE = 16;

    private final PySocket socket;
    private final AddressTuples addresses;

    LoopDatagrams(PySocket socket, AddressTuples addresses) {
        this.socket = socket;
        this.addresses = addresses;
    }

    @Override
    public void read(LoopRound round, Object owner) {
        AddressHolder sender = new AddressHolder();
        boolean isInet = socket.family() == AF_INET || socket.family() == AF_INET6;
        // One that does not fit loses its rest. Those of AF_UNIX may be as large as all that is read at once.
        int largest = isInet ? LARGEST_OF_INET : Integer.MAX_VALUE;
        for (int i = 0; i < MOST_AT_ONCE && round.hasRoom(largest); i++) {
            sender.set(null);
            int count = socket.recvFrom(round.buffer(), round.used(), round.room(), 0, sender);
            if (count == -Errno.EAGAIN) {
                return;
            }
            if (count < 0) {
                round.addDatagram(owner, 0, count);
                return;
            }
            Object address = addresses.toPython(sender.get());
            round.addDatagram(owner, address == null ? 0 : address, count);
        }
    }
}
