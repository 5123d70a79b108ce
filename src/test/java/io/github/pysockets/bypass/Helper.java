package io.github.pysockets.bypass;

import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketOptions.TCP_FASTOPEN_CONNECT;
import static io.github.pysockets.abi.SocketTypes.SOCK_DGRAM;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;

import io.github.pysockets.abi.ControlMessages;
import io.github.pysockets.abi.Errno;
import io.github.pysockets.abi.PollEvents;
import io.github.pysockets.abi.Protocols;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.AcceptedHolder;
import io.github.pysockets.stack.ControlMessage;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.MessageEndpoint;
import io.github.pysockets.stack.OutgoingMessage;
import io.github.pysockets.stack.Poller;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SockaddrUn;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody without a policy who passes descriptors on (SCM_RIGHTS). Whoever connects and sends words gets a socket for
 * each: {@code tcp1} and {@code udp2} are connected to the victims at 127.0.0.1 and 127.0.0.2, {@code deferred2} gets
 * connected by the first bytes that are sent, {@code listener2} listens at 127.0.0.2, {@code fresh} is a datagram
 * socket that nobody has used.
 */
public final class Helper implements AutoCloseable {
    private static final int LOOPBACK = 0x7f00_0000;
    private static final int TCP_FASTOPEN_NO_COOKIE = 34;
    private static final int ROOM = 200;

    private final SocketStack stack = LinuxStack.open();
    private final Endpoint listener;
    private final Poller poller;
    private final int port;
    private final Thread thread;
    private volatile boolean isClosed;

    /** @param port of the victims */
    public Helper(Path path, int port) throws StackException {
        this.port = port;
        listener = stack.socket(AF_UNIX, SOCK_STREAM, 0);
        listener.bind(new SockaddrUn(path.toString().getBytes(StandardCharsets.US_ASCII)));
        listener.listen(10);
        poller = stack.newPoller();
        thread = Thread.ofPlatform().daemon().start(this::serve);
    }

    private void serve() {
        AcceptedHolder accepted = new AcceptedHolder();
        while (!isClosed) {
            poller.poll(listener, PollEvents.POLLIN, Poller.FOREVER);
            if (!isClosed && listener.accept(accepted) == 0) {
                serve(accepted.endpoint());
            }
        }
    }

    private void serve(Endpoint client) {
        List<Endpoint> made = new ArrayList<>();
        try {
            byte[] request = new byte[ROOM];
            int count;
            do {
                poller.poll(client, PollEvents.POLLIN, Poller.FOREVER);
                count = client.recv(request, 0, ROOM, 0);
            } while (count == -Errno.EAGAIN && !isClosed);
            String words = new String(request, 0, Math.max(0, count), StandardCharsets.US_ASCII);
            for (String word : words.split(" ")) {
                made.add(make(word));
            }
            byte[] answer = {'!'};
            ControlMessage rights = new ControlMessage(SOL_SOCKET, ControlMessages.SCM_RIGHTS, new byte[0], made);
            client.ability(MessageEndpoint.class)
                    .sendMessage(new OutgoingMessage(answer, 0, 1, List.of(rights), null), 0);
        } catch (StackException failure) {
            throw new AssertionError(failure);
        } finally {
            made.forEach(Helper::close);
            close(client);
        }
    }

    private Endpoint make(String word) throws StackException {
        int host = word.charAt(word.length() - 1) - '0';
        SockaddrIn victim = new SockaddrIn(LOOPBACK + host, port);
        Endpoint made = stack.socket(AF_INET, word.startsWith("udp") || word.equals("fresh")
                ? SOCK_DGRAM
                : SOCK_STREAM, 0);
        switch (word) {
            case "tcp1", "tcp2", "udp1", "udp2" -> connect(made, victim);
            case "deferred2" -> {
                made.setOption(Protocols.IPPROTO_TCP, TCP_FASTOPEN_CONNECT, 1);
                made.setOption(Protocols.IPPROTO_TCP, TCP_FASTOPEN_NO_COOKIE, 1);
                connect(made, victim);
            }
            case "listener2" -> {
                made.bind(new SockaddrIn(LOOPBACK + host, 0));
                made.listen(1);
            }
            case "fresh" -> {
                // As it is.
            }
            default -> throw new AssertionError(word);
        }
        return made;
    }

    private void connect(Endpoint made, SockaddrIn to) throws StackException {
        int result = made.connect(to);
        if (result == -Errno.EINPROGRESS) {
            poller.poll(made, PollEvents.POLLOUT, Poller.FOREVER);
        } else if (result < 0) {
            throw new StackException(-result);
        }
    }

    private static void close(Endpoint endpoint) {
        try {
            endpoint.close();
        } catch (StackException failure) {
            throw new AssertionError(failure);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        poller.wake();
        try {
            thread.join();
        } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
        poller.close();
        close(listener);
    }
}
