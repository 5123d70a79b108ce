package io.github.pysockets.nio;

import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.AddressFamilies.AF_INET6;
import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
import static io.github.pysockets.abi.AddressFamilies.AF_UNSPEC;
import static io.github.pysockets.abi.MessageFlags.MSG_PEEK;
import static io.github.pysockets.abi.MessageFlags.MSG_TRUNC;
import static io.github.pysockets.abi.PollEvents.POLLHUP;
import static io.github.pysockets.abi.MessageFlags.MSG_OOB;
import static io.github.pysockets.abi.PollEvents.POLLIN;
import static io.github.pysockets.abi.PollEvents.POLLOUT;
import static io.github.pysockets.abi.PollEvents.POLLPRI;
import static io.github.pysockets.abi.PollEvents.POLLRDHUP;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketOptions.SO_ERROR;
import static io.github.pysockets.abi.SocketOptions.SO_LINGER;
import static io.github.pysockets.abi.SocketTypes.SOCK_DGRAM;
import static io.github.pysockets.abi.SocketTypes.SOCK_SEQPACKET;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.abi.Constants;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.AcceptedHolder;
import io.github.pysockets.stack.AddressHolder;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.EndpointPair;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.MessageEndpoint;
import io.github.pysockets.stack.Poller;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrOther;
import io.github.pysockets.stack.SockaddrUn;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each call of a script of calls returns, here and from Linux: the numbers are the same. */
@Timeout(30)
final class SameAsLinuxTest {
    private static final int ALL = POLLIN | POLLOUT | POLLPRI | POLLRDHUP;
    private static final long LONG = TimeUnit.SECONDS.toNanos(10);
    /** How long is waited for what should not come. */
    private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(50);

    /** A socket of some family, and what its calls have returned. */
    private static final class Log implements AutoCloseable {
        final SocketStack stack;
        final List<String> lines = new ArrayList<>();
        private final List<Endpoint> endpoints = new ArrayList<>();
        private final Poller poller;
        private final Path directory;
        private int files;

        Log(SocketStack stack) throws StackException, IOException {
            this.stack = stack;
            poller = stack.newPoller();
            directory = Files.createTempDirectory("same");
        }

        @Override
        public void close() throws StackException, IOException {
            for (Endpoint endpoint : endpoints) {
                endpoint.close();
            }
            poller.close();
            try (Stream<Path> left = Files.list(directory)) {
                for (Path file : left.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
        }

        void add(String what, Object result) {
            lines.add(what + " = " + result);
        }

        Endpoint open(int family, int type) throws StackException {
            Endpoint made = stack.socket(family, type, 0);
            endpoints.add(made);
            return made;
        }

        EndpointPair pair(int type) throws StackException {
            EndpointPair pair = stack.socketpair(AF_UNIX, type, 0);
            endpoints.add(pair.first());
            endpoints.add(pair.second());
            return pair;
        }

        SocketAddress any(int family) {
            return switch (family) {
                case AF_INET -> new SockaddrIn(0x7f00_0001, 0);
                case AF_INET6 -> new SockaddrIn6(0, 1, 0, 0, 0);
                default -> new SockaddrUn(
                        directory.resolve("f" + files++).toString().getBytes(StandardCharsets.UTF_8));
            };
        }

        Endpoint listener(int family) throws StackException {
            Endpoint listener = open(family, SOCK_STREAM);
            listener.bind(any(family));
            listener.listen(5);
            return listener;
        }

        /** Client and server. */
        EndpointPair connection(int family) throws StackException {
            Endpoint listener = listener(family);
            Endpoint client = open(family, SOCK_STREAM);
            client.connect(listener.localAddress());
            poller.poll(client, POLLOUT, LONG);
            client.getOption(SOL_SOCKET, SO_ERROR);
            poller.poll(listener, POLLIN, LONG);
            AcceptedHolder accepted = new AcceptedHolder();
            assertEquals(0, listener.accept(accepted));
            endpoints.add(accepted.endpoint());
            return new EndpointPair(client, accepted.endpoint());
        }

        void close(Endpoint endpoint) throws StackException {
            endpoints.remove(endpoint);
            endpoint.close();
        }

        void call(String what, OptionScript.Call call) {
            Object result;
            try {
                result = call.run();
            } catch (StackException failure) {
                result = "errno " + failure.errno();
            }
            add(what, result);
        }

        void poll(Endpoint endpoint) {
            for (int asked : new int[] {0, POLLIN, POLLOUT, ALL}) {
                add("poll " + asked, poller.poll(endpoint, asked, 0));
            }
        }

        /** Waits until something is to be said. */
        void await(Endpoint endpoint, int asked) {
            await(endpoint, asked, -1);
        }

        void await(Endpoint endpoint, int asked, int mask) {
            add("await " + asked, poller.poll(endpoint, asked, LONG) & mask);
        }

        void awaitNothing(Endpoint endpoint, int asked) {
            add("await " + asked, poller.poll(endpoint, asked, SHORT));
        }

        void send(Endpoint endpoint, String text) {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            add("send", endpoint.send(bytes, 0, bytes.length, 0));
        }

        void receive(Endpoint endpoint, int most, int flags) {
            byte[] into = new byte[most];
            int count = endpoint.recv(into, 0, most, flags);
            add("recv", count + " " + new String(into, 0, Math.max(0, Math.min(most, count)),
                    StandardCharsets.ISO_8859_1));
        }

        void receive(Endpoint endpoint) {
            receive(endpoint, 100, 0);
        }

        void receiveMessage(Endpoint endpoint, int most, int flags) {
            IncomingMessage message = new IncomingMessage(new byte[most], 0, most, 0);
            int count = endpoint.ability(MessageEndpoint.class).receiveMessage(message, flags);
            add("recvmsg", count + " " + message.flags() + " " + Arrays.toString(message.into()) + " "
                    + (message.from() != null));
        }

        void error(Endpoint endpoint) {
            call("SO_ERROR", () -> endpoint.getOption(SOL_SOCKET, SO_ERROR));
        }

        void names(Endpoint endpoint) {
            call("name", () -> withoutPort(endpoint.localAddress()));
            call("peer", () -> withoutPort(endpoint.peerAddress()));
        }

        private Object withoutPort(SocketAddress address) {
            return switch (address) {
                case SockaddrIn inet -> new SockaddrIn(inet.address(), inet.port() == 0 ? 0 : 1);
                case SockaddrIn6 inet -> new SockaddrIn6(
                        inet.high(), inet.low(), inet.port() == 0 ? 0 : 1, inet.flowInfo(), inet.scopeId());
                case SockaddrUn unix -> unix.toString().replace(directory.toString(), "");
                default -> address;
            };
        }

        /** Everything that says in which state it is, and changes it the least. */
        void state(Endpoint endpoint) {
            names(endpoint);
            poll(endpoint);
            call("accept", () -> endpoint.accept(new AcceptedHolder()));
            error(endpoint);
        }

        void reset(Endpoint endpoint) throws StackException {
            endpoint.setOption(SOL_SOCKET, SO_LINGER, OptionBytes.of(1, 0));
            close(endpoint);
        }
    }

    private interface Script {
        void run(Log log, int family) throws StackException;
    }

    private record Named(String name, int family, Script script) {
        @Override
        public String toString() {
            return name + " of family " + family;
        }
    }

    private static Stream<Named> scripts() {
        List<Named> scripts = new ArrayList<>();
        for (int family : new int[] {AF_INET, AF_INET6, AF_UNIX}) {
            scripts.add(new Named("unconnected", family, SameAsLinuxTest::unconnected));
            scripts.add(new Named("bound", family, SameAsLinuxTest::bound));
            scripts.add(new Named("listening", family, SameAsLinuxTest::listening));
            scripts.add(new Named("listening no more", family, SameAsLinuxTest::listeningNoMore));
            scripts.add(new Named("connected", family, SameAsLinuxTest::connected));
            scripts.add(new Named("peer sends no more", family, SameAsLinuxTest::peerSendsNoMore));
            scripts.add(new Named("peer has closed", family, SameAsLinuxTest::peerHasClosed));
            scripts.add(new Named("peer has closed, sending first", family, SameAsLinuxTest::peerHasClosedSendFirst));
            for (int how = 0; how < 3; how++) {
                int chosen = how;
                scripts.add(new Named("shut down " + how, family, (log, of) -> shutDown(log, of, chosen)));
                scripts.add(
                        new Named("shut down with data " + how, family, (log, of) -> shutDownWith(log, of, chosen)));
            }
            scripts.add(new Named("reading in parts", family, SameAsLinuxTest::readingInParts));
            scripts.add(new Named("addresses", family, SameAsLinuxTest::addresses));
        }
        for (int family : new int[] {AF_INET, AF_INET6}) {
            scripts.add(new Named("connecting", family, SameAsLinuxTest::connecting));
            for (String first : List.of("error", "recv", "send", "connect", "poll", "shutdown")) {
                scripts.add(new Named("refused, then " + first, family, (log, of) -> refused(log, of, first)));
                scripts.add(new Named("reset, then " + first, family, (log, of) -> wasReset(log, of, first)));
            }
            scripts.add(new Named("disconnected", family, SameAsLinuxTest::disconnected));
            scripts.add(new Named("datagrams unconnected", family, SameAsLinuxTest::datagramsUnconnected));
            scripts.add(new Named("datagrams connected", family, SameAsLinuxTest::datagramsConnected));
            scripts.add(new Named("datagrams in parts", family, SameAsLinuxTest::datagramsInParts));
            for (String first : List.of("error", "recv", "send", "poll")) {
                scripts.add(new Named("datagram unreachable, then " + first, family,
                        (log, of) -> datagramUnreachable(log, of, first)));
            }
            for (int how = 0; how < 3; how++) {
                int chosen = how;
                scripts.add(
                        new Named("datagrams shut down " + how, family, (log, of) -> datagramsShut(log, of, chosen)));
            }
        }
        scripts.add(new Named("refused", AF_UNIX, SameAsLinuxTest::refusedByFile));
        for (int type : new int[] {SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET}) {
            scripts.add(new Named("pair of type " + type, AF_UNIX, (log, of) -> pairs(log, type)));
        }
        for (int type : new int[] {SOCK_DGRAM, SOCK_SEQPACKET}) {
            scripts.add(new Named("messages in a pair of type " + type, AF_UNIX, (log, of) -> messages(log, type)));
            scripts.add(new Named("full pair of type " + type, AF_UNIX, (log, of) -> fullPair(log, type)));
            for (NioOption option : NioOption.values()) {
                // How large buffers may be is the kernel's setting, of which a pair in memory knows nothing.
                if (isSameOption(option, AF_UNIX, type) && option.kind() != NioOption.Kind.BUFFER) {
                    scripts.add(new Named("option " + option + " of a pair of type " + type, AF_UNIX,
                            (log, of) -> OptionScript.run(option, log.pair(type).first(), log::call)));
                }
            }
        }
        for (int family : new int[] {AF_INET, AF_INET6, AF_UNIX}) {
            scripts.add(new Named("unknown options", family, SameAsLinuxTest::unknownOptions));
            for (int type : family == AF_UNIX ? new int[] {SOCK_STREAM} : new int[] {SOCK_STREAM, SOCK_DGRAM}) {
                for (NioOption option : NioOption.values()) {
                    if (isSameOption(option, family, type)) {
                        scripts.add(new Named("option " + option + " of type " + type, family,
                                (log, of) -> OptionScript.run(option, log.open(of, type), log::call)));
                    }
                }
            }
        }
        return scripts.stream();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void callsReturnTheSame(Named named) throws StackException, IOException {
        List<String> expected = run(LinuxStack.open(), named);
        List<String> found = run(NioStack.open(), named);

        assertEquals(String.join("\n", expected), String.join("\n", found));
    }

    private static List<String> run(SocketStack stack, Named named) throws StackException, IOException {
        try (Log log = new Log(stack)) {
            named.script.run(log, named.family);
            return log.lines;
        }
    }

    private static void unconnected(Log log, int family) throws StackException {
        Endpoint socket = log.open(family, SOCK_STREAM);
        log.state(socket);
        log.receive(socket);
        log.send(socket, "x");
        log.receive(socket, 0, 0);
        log.send(socket, "");
        log.add("sendto", socket.sendTo(new byte[1], 0, 1, 0, log.any(family)));
        for (int how : new int[] {0, 1, 2, 3, -1}) {
            log.call("shutdown " + how, () -> {
                socket.shutdown(how);
                return "done";
            });
        }
        log.state(socket);
        socket.connect(log.listener(family).localAddress());
        log.await(socket, POLLOUT);
        log.send(socket, "x");
        log.receive(socket);
        log.poll(socket);
    }

    private static void bound(Log log, int family) throws StackException {
        Endpoint socket = log.open(family, SOCK_STREAM);
        socket.bind(log.any(family));
        log.state(socket);
        log.call("bind", () -> {
            socket.bind(log.any(family));
            return "done";
        });
        Endpoint other = log.open(family, SOCK_STREAM);
        log.call("bind to the same", () -> {
            other.bind(socket.localAddress());
            return "done";
        });
        log.add("connect to it", failsLater(log, other, socket.localAddress()));
    }

    private static int failsLater(Log log, Endpoint client, SocketAddress to) throws StackException {
        int result = client.connect(to);
        log.add("connect", result);
        log.poller.poll(client, POLLOUT, LONG);
        return client.getOption(SOL_SOCKET, SO_ERROR);
    }

    private static void listening(Log log, int family) throws StackException {
        Endpoint listener = log.listener(family);
        log.state(listener);
        log.receive(listener);
        log.send(listener, "x");
        log.add("connect", listener.connect(listener.localAddress()));
        log.call("bind", () -> {
            listener.bind(log.any(family));
            return "done";
        });
        log.call("listen", () -> {
            listener.listen(3);
            return "done";
        });
        log.call("shutdown", () -> {
            listener.shutdown(1);
            return "done";
        });
        log.awaitNothing(listener, POLLIN);
        Endpoint client = log.open(family, SOCK_STREAM);
        client.connect(listener.localAddress());
        log.await(listener, POLLIN);
        log.poll(listener);
        AcceptedHolder accepted = new AcceptedHolder();
        log.call("accept", () -> listener.accept(accepted));
        log.endpoints.add(accepted.endpoint());
        log.state(accepted.endpoint());
        log.state(listener);
        Endpoint lonely = log.open(family, SOCK_STREAM);
        log.call("listen", () -> {
            lonely.listen(3);
            return "done";
        });
        log.state(lonely);
        EndpointPair connection = log.connection(family);
        log.call("listen", () -> {
            connection.first().listen(3);
            return "done";
        });
    }

    private static void listeningNoMore(Log log, int family) throws StackException {
        Endpoint listener = log.listener(family);
        SocketAddress address = listener.localAddress();
        log.call("shutdown", () -> {
            listener.shutdown(2);
            return "done";
        });
        if (family == AF_UNIX) {
            return;
        }
        log.state(listener);
        log.receive(listener);
        log.add("connect", failsLater(log, log.open(family, SOCK_STREAM), address));
        log.call("listen", () -> {
            listener.listen(3);
            return "done";
        });
        log.poll(listener);
    }

    private static void connected(Log log, int family) throws StackException {
        Endpoint listener = log.listener(family);
        EndpointPair connection = log.connection(family);
        Endpoint client = connection.first();
        log.add("connect", client.connect(listener.localAddress()));
        log.add("connect", client.connect(listener.localAddress()));
        log.add("connect", connection.second().connect(listener.localAddress()));
        log.state(client);
        log.state(connection.second());
        if (family != AF_UNIX) {
            log.call("bind", () -> {
                client.bind(log.any(family));
                return "done";
            });
        }
        log.receive(client);
        log.receive(client, 0, 0);
        log.send(client, "");
        log.awaitNothing(client, 0);
        log.awaitNothing(client, POLLRDHUP);
        log.send(connection.second(), "hello");
        log.await(client, POLLIN);
        log.awaitNothing(client, 0);
        log.awaitNothing(client, POLLRDHUP);
        log.poll(client);
        log.error(client);
        log.receive(client);
        log.poll(client);
    }

    private static void connecting(Log log, int family) throws StackException {
        Endpoint listener = log.listener(family);
        Endpoint client = log.open(family, SOCK_STREAM);
        log.add("connect", client.connect(listener.localAddress()));
        log.await(client, ALL);
        log.error(client);
        log.add("connect", client.connect(listener.localAddress()));
        log.add("connect", client.connect(listener.localAddress()));
        log.state(client);
    }

    private static void peerSendsNoMore(Log log, int family) throws StackException {
        EndpointPair connection = log.connection(family);
        log.send(connection.second(), "last");
        connection.second().shutdown(1);
        log.await(connection.first(), POLLRDHUP);
        log.poll(connection.first());
        log.receive(connection.first(), 2, 0);
        log.poll(connection.first());
        log.receive(connection.first());
        log.receive(connection.first());
        log.state(connection.first());
        log.send(connection.first(), "x");
        log.await(connection.second(), POLLIN);
        log.poll(connection.second());
        log.receive(connection.second());
        connection.first().shutdown(1);
        log.poll(connection.first());
    }

    private static void peerHasClosed(Log log, int family) throws StackException {
        EndpointPair connection = log.connection(family);
        log.send(connection.second(), "last");
        log.close(connection.second());
        // A channel of AF_UNIX does not tell whether the other end is closed.
        log.await(connection.first(), POLLRDHUP, family == AF_UNIX ? ~POLLHUP : -1);
        log.receive(connection.first());
        log.receive(connection.first());
        if (family != AF_UNIX) {
            log.state(connection.first());
        }
        log.call("shutdown", () -> {
            connection.first().shutdown(1);
            return "done";
        });
        log.poll(connection.first());
    }

    private static void peerHasClosedSendFirst(Log log, int family) throws StackException {
        EndpointPair connection = log.connection(family);
        log.close(connection.second());
        log.await(connection.first(), POLLRDHUP, family == AF_UNIX ? ~POLLHUP : -1);
        log.send(connection.first(), "x");
        if (family == AF_UNIX) {
            return;
        }
        // The answer is a reset, which the next call that sends finds.
        connection.first().getOption(SOL_SOCKET, SO_ERROR);
        log.send(connection.first(), "x");
        log.receive(connection.first());
        log.error(connection.first());
    }

    private static void shutDown(Log log, int family, int how) throws StackException {
        EndpointPair connection = log.connection(family);
        Endpoint client = connection.first();
        client.shutdown(how);
        log.poll(client);
        log.receive(client);
        log.receive(client, 5, MSG_PEEK);
        log.send(client, "x");
        log.call("again", () -> {
            client.shutdown(how);
            return "done";
        });
        log.poll(client);
        log.names(client);
        if (how != 0 || family == AF_UNIX) {
            log.add("peer", log.poller.poll(connection.second(), ALL, how == 0 ? 0 : LONG) != 0);
        }
        log.send(connection.second(), "y");
    }

    private static void shutDownWith(Log log, int family, int how) throws StackException {
        EndpointPair connection = log.connection(family);
        Endpoint client = connection.first();
        log.send(connection.second(), "there");
        log.await(client, POLLIN);
        client.shutdown(how);
        log.poll(client);
        log.receive(client, 2, 0);
        log.poll(client);
        log.receive(client);
        log.receive(client);
    }

    private static void readingInParts(Log log, int family) throws StackException {
        EndpointPair connection = log.connection(family);
        Endpoint client = connection.first();
        log.send(connection.second(), "abcdefghij");
        log.await(client, POLLIN);
        log.receive(client, 3, MSG_PEEK);
        log.receive(client, 5, MSG_PEEK);
        log.receive(client, 2, 0);
        log.receive(client, 100, MSG_PEEK);
        log.poll(client);
        log.receiveMessage(client, 3, 0);
        log.receiveMessage(client, 3, MSG_PEEK);
        log.receive(client);
        log.receive(client, 3, MSG_PEEK);
        log.send(connection.second(), "klm");
        log.await(client, POLLIN);
        if (family != AF_UNIX) {
            log.receive(client, 2, MSG_TRUNC);
        }
        log.receive(client, 1, 0);
        log.poll(client);
    }

    private static void refused(Log log, int family, String first) throws StackException {
        Endpoint silent = log.open(family, SOCK_STREAM);
        silent.bind(log.any(family));
        Endpoint client = log.open(family, SOCK_STREAM);
        log.add("connect", client.connect(silent.localAddress()));
        log.await(client, POLLOUT);
        firstAfterFailure(log, client, silent.localAddress(), first);
        log.poll(client);
        log.receive(client);
        log.send(client, "x");
        log.error(client);
        SocketAddress to = log.listener(family).localAddress();
        if (first.equals("shutdown")) {
            // From then on, for no reason, Linux has no use for it any more.
            return;
        }
        for (int i = 0; i < 3; i++) {
            log.add("connect", client.connect(to));
        }
        log.names(client);
    }

    private static void firstAfterFailure(Log log, Endpoint client, SocketAddress to, String first) {
        switch (first) {
            case "error" -> log.error(client);
            case "recv" -> log.receive(client);
            case "send" -> log.send(client, "x");
            case "connect" -> log.add("connect", client.connect(to));
            case "shutdown" -> log.call("shutdown", () -> {
                client.shutdown(2);
                return "done";
            });
            default -> log.poll(client);
        }
    }

    private static void wasReset(Log log, int family, String first) throws StackException {
        EndpointPair connection = log.connection(family);
        Endpoint client = connection.first();
        log.reset(connection.second());
        log.await(client, POLLIN | POLLRDHUP);
        firstAfterFailure(log, client, log.any(family), first);
        log.poll(client);
        log.receive(client);
        log.receive(client);
        log.send(client, "x");
        log.send(client, "x");
        log.error(client);
        log.poll(client);
    }

    private static void disconnected(Log log, int family) throws StackException {
        EndpointPair connection = log.connection(family);
        Endpoint client = connection.first();
        log.add("connect", client.connect(new SockaddrOther(AF_UNSPEC, new byte[14])));
        log.call("peer", client::peerAddress);
        log.poll(client);
        log.error(client);
        log.poll(client);
        log.await(connection.second(), POLLIN | POLLRDHUP);
        log.receive(connection.second());
        log.add("connect", client.connect(log.listener(family).localAddress()));
        log.await(client, POLLOUT);
    }

    private static void addresses(Log log, int family) throws StackException {
        Endpoint socket = log.open(family, SOCK_STREAM);
        for (int other : new int[] {AF_INET, AF_INET6, AF_UNIX}) {
            if (other != family && (family != AF_INET6 || other == AF_UNIX)) {
                log.call("bind " + other, () -> {
                    socket.bind(log.any(other));
                    return "done";
                });
                log.add("connect", socket.connect(log.any(other)));
            }
        }
        log.add("connect", socket.connect(new SockaddrUn(new byte[200])));
        if (family == AF_INET) {
            log.call("bind", () -> {
                socket.bind(new SockaddrIn(0xC000_0201, 0));
                return "done";
            });
            SockaddrIn listening = (SockaddrIn) log.listener(family).localAddress();
            log.add("connect", socket.connect(new SockaddrIn(0, listening.port())));
            log.await(socket, POLLOUT);
            log.names(socket);
        } else if (family == AF_INET6) {
            Endpoint both = log.open(family, SOCK_STREAM);
            both.bind(new SockaddrIn6(0, 0, 0, 0, 0));
            both.listen(1);
            log.names(both);
            int port = ((SockaddrIn6) both.localAddress()).port();
            log.add("connect", socket.connect(new SockaddrIn6(0, 0xffff_7f00_0001L, port, 0, 0)));
            log.await(socket, POLLOUT);
            log.names(socket);
            log.await(both, POLLIN);
            AcceptedHolder accepted = new AcceptedHolder();
            log.add("accept", both.accept(accepted));
            log.endpoints.add(accepted.endpoint());
            log.names(accepted.endpoint());
        } else {
            log.add("connect", socket.connect(new SockaddrUn("/no/such/file".getBytes(StandardCharsets.UTF_8))));
            log.add("connect", socket.connect(new SockaddrUn("/etc/passwd/x".getBytes(StandardCharsets.UTF_8))));
            log.add("connect", socket.connect(new SockaddrUn("/etc/passwd".getBytes(StandardCharsets.UTF_8))));
            log.call("bind", () -> {
                socket.bind(new SockaddrUn("/no/such/file".getBytes(StandardCharsets.UTF_8)));
                return "done";
            });
            log.call("bind", () -> {
                socket.bind(new SockaddrUn("/etc/passwd".getBytes(StandardCharsets.UTF_8)));
                return "done";
            });
        }
    }

    private static void refusedByFile(Log log, int family) throws StackException {
        Endpoint listener = log.listener(family);
        SocketAddress address = listener.localAddress();
        log.close(listener);
        Endpoint client = log.open(family, SOCK_STREAM);
        log.add("connect", client.connect(address));
        log.state(client);
        Endpoint next = log.open(family, SOCK_STREAM);
        log.call("bind", () -> {
            next.bind(address);
            return "done";
        });
        log.add("connect", client.connect(log.listener(family).localAddress()));
        log.state(client);
    }

    private static void pairs(Log log, int type) throws StackException {
        EndpointPair pair = log.pair(type);
        log.state(pair.first());
        log.awaitNothing(pair.first(), 0);
        log.awaitNothing(pair.first(), POLLIN | POLLRDHUP);
        log.send(pair.first(), "some");
        log.poll(pair.second());
        log.awaitNothing(pair.second(), POLLRDHUP);
        pair.first().shutdown(1);
        log.poll(pair.first());
        log.poll(pair.second());
        log.receive(pair.second());
        log.receive(pair.second());
        log.poll(pair.second());
        pair.second().shutdown(1);
        log.poll(pair.first());
        log.poll(pair.second());

        EndpointPair other = log.pair(type);
        other.first().shutdown(0);
        log.poll(other.first());
        log.poll(other.second());
        log.send(other.second(), "x");
        log.send(other.first(), "unread");
        log.close(other.first());
        log.poll(other.second());
        log.receive(other.second());
        log.receive(other.second());
        log.send(other.second(), "x");
        log.state(other.second());
    }

    /** What keeps its bounds. */
    private static void messages(Log log, int type) throws StackException {
        EndpointPair pair = log.pair(type);
        for (String text : List.of("", "abc", "abcdef", "ghi", "jkl")) {
            log.send(pair.first(), text);
        }
        log.receive(pair.second(), 100, 0);
        log.receive(pair.second(), 2, MSG_PEEK);
        log.receive(pair.second(), 2, MSG_PEEK | MSG_TRUNC);
        log.receive(pair.second(), 2, 0);
        log.receive(pair.second(), 2, MSG_TRUNC);
        log.receiveMessage(pair.second(), 2, 0);
        log.receiveMessage(pair.second(), 5, 0);
        log.receiveMessage(pair.second(), 5, 0);
        AddressHolder from = new AddressHolder();
        log.send(pair.first(), "x");
        log.add("recvfrom", pair.second().recvFrom(new byte[1], 0, 1, 0, from) + " " + from.get());
        log.call("listen", () -> {
            pair.first().listen(1);
            return 0;
        });
        log.call("shutdown", () -> {
            pair.first().shutdown(3);
            return 0;
        });
        log.add("urgent", pair.first().send(new byte[1], 0, 1, MSG_OOB));
        log.add("urgent", pair.first().recv(new byte[1], 0, 1, MSG_OOB));
    }

    private static void fullPair(Log log, int type) throws StackException {
        EndpointPair pair = log.pair(type);
        byte[] byteOfText = {1};
        int most = 0;
        while (pair.first().send(byteOfText, 0, 1, 0) == 1) {
            most++;
        }
        log.add("most", most);
        log.send(pair.first(), "x");
        log.poll(pair.first());
        int read = 0;
        while (log.poller.poll(pair.first(), POLLOUT, 0) == 0) {
            pair.second().recv(byteOfText, 0, 1, 0);
            read++;
        }
        log.add("read until writable", read);
        byte[] large = new byte[212_992];
        log.add("largest", pair.second().send(large, 0, large.length - 32, 0));
        log.add("too large", pair.second().send(large, 0, large.length - 31, 0));
        EndpointPair small = log.pair(type);
        small.first().setOption(SOL_SOCKET, (int) Constants.number("SO_SNDBUF"), 1);
        log.add("too large", small.first().send(large, 0, 4_577, 0));
        most = 0;
        while (small.first().send(byteOfText, 0, 1, 0) == 1) {
            most++;
        }
        log.add("most", most);
    }

    // Datagrams

    private static void datagramsUnconnected(Log log, int family) throws StackException {
        Endpoint socket = log.open(family, SOCK_DGRAM);
        log.state(socket);
        log.receive(socket);
        log.send(socket, "x");
        log.call("listen", () -> {
            socket.listen(1);
            return "done";
        });
        SocketAddress any = log.any(family);
        log.add("sendto", socket.sendTo(new byte[1], 0, 1, 0, any));
        Endpoint receiver = log.open(family, SOCK_DGRAM);
        receiver.bind(any);
        log.state(receiver);
        log.add("sendto", socket.sendTo(new byte[1], 0, 1, 0, receiver.localAddress()));
        log.names(socket);
        log.await(receiver, POLLIN);
        log.poll(receiver);
        log.receive(receiver);
        log.call("bind", () -> {
            receiver.bind(any);
            return "done";
        });
        for (int length : new int[] {65_507, 65_508, 65_527, 65_528, 70_000}) {
            // The first may be more than there is room for.
            if (length > 65_527 || family == AF_INET && length > 65_507) {
                log.add("sendto", socket.sendTo(new byte[length], 0, length, 0, receiver.localAddress()));
            }
        }
        log.add("sendto", socket.sendTo(new byte[0], 0, 0, 0, receiver.localAddress()));
        log.await(receiver, POLLIN);
        log.receive(receiver);
    }

    private static void datagramsConnected(Log log, int family) throws StackException {
        Endpoint one = log.open(family, SOCK_DGRAM);
        Endpoint other = log.open(family, SOCK_DGRAM);
        Endpoint third = log.open(family, SOCK_DGRAM);
        for (Endpoint each : List.of(one, other, third)) {
            each.bind(log.any(family));
        }
        byte[] letter = {'3'};
        log.add("sendto", third.sendTo(letter, 0, 1, 0, one.localAddress()));
        log.await(one, POLLIN);
        log.add("connect", one.connect(other.localAddress()));
        log.state(one);
        log.add("sendto", third.sendTo(letter, 0, 1, 0, one.localAddress()));
        log.receive(one);
        log.receive(one);
        log.send(one, "hello");
        log.send(one, "");
        log.send(one, "there");
        for (int i = 0; i < 3; i++) {
            log.await(other, POLLIN);
            log.receive(other);
        }
        log.add("sendto", one.sendTo(letter, 0, 1, 0, other.localAddress()));
        log.add("connect", one.connect(third.localAddress()));
        log.names(one);
        log.add("disconnect", one.connect(new SockaddrOther(AF_UNSPEC, new byte[14])));
        log.call("peer", one::peerAddress);
        log.send(one, "x");
    }

    private static void datagramsInParts(Log log, int family) throws StackException {
        Endpoint receiver = log.open(family, SOCK_DGRAM);
        receiver.bind(log.any(family));
        Endpoint sender = log.open(family, SOCK_DGRAM);
        sender.connect(receiver.localAddress());
        for (int i = 0; i < 10; i++) {
            log.send(sender, "abcdef" + i);
        }
        log.await(receiver, POLLIN);
        log.receive(receiver, 3, 0);
        log.receive(receiver, 3, MSG_PEEK);
        log.receive(receiver, 3, MSG_PEEK | MSG_TRUNC);
        log.receive(receiver, 30, 0);
        log.receive(receiver, 3, MSG_TRUNC);
        log.receiveMessage(receiver, 3, 0);
        log.receiveMessage(receiver, 7, 0);
        log.receiveMessage(receiver, 3, MSG_TRUNC);
        log.receiveMessage(receiver, 3, MSG_PEEK);
        log.poll(receiver);
        log.receive(receiver, 0, 0);
        AddressHolder from = new AddressHolder();
        log.add("recvfrom", receiver.recvFrom(new byte[9], 0, 9, MSG_PEEK, from));
        log.add("from", from.get().equals(sender.localAddress()));
        log.receive(receiver);
        log.receiveMessage(receiver, 30, 0);
        log.receive(receiver);
        log.receive(receiver);
        log.receive(receiver);
    }

    private static void datagramUnreachable(Log log, int family, String first) throws StackException {
        Endpoint gone = log.open(family, SOCK_DGRAM);
        gone.bind(log.any(family));
        Endpoint socket = log.open(family, SOCK_DGRAM);
        socket.connect(gone.localAddress());
        log.close(gone);
        log.send(socket, "x");
        firstAfterFailure(log, socket, log.any(family), first);
        log.receive(socket);
        log.error(socket);
        log.poll(socket);
        log.send(socket, "x");
        log.await(socket, 0);
        log.error(socket);
        log.poll(socket);
    }

    private static void datagramsShut(Log log, int family, int how) throws StackException {
        Endpoint socket = log.open(family, SOCK_DGRAM);
        log.call("shutdown", () -> {
            socket.shutdown(how);
            return "done";
        });
        log.poll(socket);
        log.receive(socket);
        log.send(socket, "x");
        Endpoint receiver = log.open(family, SOCK_DGRAM);
        receiver.bind(log.any(family));
        log.add("sendto", socket.sendTo(new byte[1], 0, 1, 0, receiver.localAddress()));
        Endpoint sender = log.open(family, SOCK_DGRAM);
        sender.connect(receiver.localAddress());
        log.send(sender, "x");
        log.call("shutdown", () -> {
            sender.shutdown(how);
            return "done";
        });
        log.poll(sender);
        log.receive(sender);
        log.send(sender, "x");
    }

    // Options

    /** Streams have options of multicast, without any use. What SO_REUSEPORT does for AF_UNIX depends on the kernel. */
    private static boolean isSameOption(NioOption option, int family, int type) {
        boolean isOfNoUse = option.name().contains("MULTICAST") && type == SOCK_STREAM && family != AF_UNIX;
        return !isOfNoUse && !(option == NioOption.SO_REUSEPORT && family == AF_UNIX);
    }

    private static void unknownOptions(Log log, int family) throws StackException {
        Endpoint socket = log.open(family, SOCK_STREAM);
        for (int level : new int[] {0, 1, 6, 17, 41, 250}) {
            log.call("get unknown", () -> socket.getOption(level, 30_000));
            log.call("set unknown", () -> {
                socket.setOption(level, 30_000, 1);
                return "done";
            });
            log.call("set nothing", () -> {
                socket.setOption(level, 30_000, new byte[0]);
                return "done";
            });
        }
        log.call("set a length", () -> {
            socket.setOptionLength(SOL_SOCKET, 2, 4);
            return "done";
        });
    }
}
