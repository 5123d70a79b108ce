package io.github.pysockets.python;

import io.github.pysockets.abi.Errno;

/** The bytes of a connected socket. */
record LoopStream(PySocket socket) implements LoopSource {
    @Override
    public void read(LoopRound round, Object owner) {
        if (!round.hasRoom(LoopRound.LEAST_ROOM)) {
            return;
        }
        int count = socket.recv(round.buffer(), round.used(), round.room(), 0);
        if (count != -Errno.EAGAIN) {
            round.addStream(owner, count);
        }
    }
}
