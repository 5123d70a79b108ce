package io.github.pysockets.bench.peer;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Accepts and closes, nothing else. Connections are closed by a reset, as one that ended otherwise keeps the client's
 * port in use for a minute; and when some more have been accepted, so that no client is still busy with its own end.
 */
final class Acceptor implements Runnable {
    private final ServerSocketChannel listener;
    private final SocketChannel[] last = new SocketChannel[256];

    Acceptor(ServerSocketChannel listener) {
        this.listener = listener;
    }

    @Override
    public void run() {
        try {
            for (int next = 0;; next = (next + 1) % last.length) {
                SocketChannel accepted = listener.accept();
                accepted.setOption(StandardSocketOptions.SO_LINGER, 0);
                if (last[next] != null) {
                    last[next].close();
                }
                last[next] = accepted;
            }
        } catch (ClosedChannelException ended) {
            // The process ends.
        } catch (IOException failure) {
            failure.printStackTrace();
        }
    }
}
