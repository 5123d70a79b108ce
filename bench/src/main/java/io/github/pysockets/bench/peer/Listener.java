package io.github.pysockets.bench.peer;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;

/**
 * Gives each connection a thread and a conversation. A thread that blocks in a system call answers a message sooner
 * than one that waits in a selector, and takes no processor time while it waits.
 */
final class Listener implements Runnable {
    /** What makes the connection of an accepted channel. */
    interface Opening {
        Connection open(SocketChannel channel) throws IOException;
    }

    private final ServerSocketChannel listener;
    private final Executor threads;
    private final Conversations conversations;
    private final Opening opening;

    Listener(ServerSocketChannel listener, Executor threads, Conversations conversations, Opening opening) {
        this.listener = listener;
        this.threads = threads;
        this.conversations = conversations;
        this.opening = opening;
    }

    @Override
    public void run() {
        try {
            while (true) {
                SocketChannel channel = listener.accept();
                threads.execute(() -> converse(channel));
            }
        } catch (ClosedChannelException ended) {
            // The process ends.
        } catch (IOException failure) {
            failure.printStackTrace();
        }
    }

    private void converse(SocketChannel channel) {
        try (channel) {
            if (channel.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            try (Connection connection = opening.open(channel)) {
                conversations.hold(connection);
            }
        } catch (IOException ended) {
            // A worker that has what it needs goes away in the middle of a conversation.
        }
    }
}
