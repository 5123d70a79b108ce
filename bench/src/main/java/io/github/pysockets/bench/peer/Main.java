package io.github.pysockets.bench.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The other end of every connection that the benchmark measures, in a process of its own, so that only the runtime
 * under test differs from one measurement to the next. Prints one line with its addresses, which are a worker's
 * arguments: the TCP host and port, the path of the UNIX socket, the UDP port, the file with the certificate. Ends when
 * standard input does.
 *
 * <p>The first line that a client sends says what the connection is for; {@link Conversations} lists them. UDP
 * datagrams are sent back. Two ports are of another kind: the one for TLS, where that first line comes after the
 * handshake, and the one for {@link Acceptor}. The answer to {@code PORTS} has their numbers.
 */
public final class Main {
    private Main() {}

    /** @param arguments none */
    public static void main(String[] arguments) throws IOException, GeneralSecurityException, InterruptedException {
        InetAddress here = InetAddress.getByName("127.0.0.1");
        Path folder = Files.createTempDirectory("bench-peer-");
        Path unix = folder.resolve("unix");
        Path certificate = folder.resolve("certificate.pem");
        try (ServerSocketChannel tcp = Listeners.tcp(here);
                ServerSocketChannel local = Listeners.unix(UnixDomainSocketAddress.of(unix));
                ServerSocketChannel rest = Listeners.tcp(here);
                ServerSocketChannel tls = Listeners.tcp(here);
                DatagramChannel udp = DatagramChannel.open().bind(new InetSocketAddress(here, 0))) {
            Certificate own = Certificate.make(folder, certificate);
            ExecutorService threads = Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task);
                thread.setDaemon(true);
                return thread;
            });
            Ports ports = new Ports(port(tls), port(rest));
            Conversations conversations = new Conversations(here, ports);
            threads.execute(new Listener(tcp, threads, conversations, Connection::plain));
            threads.execute(new Listener(local, threads, conversations, Connection::plain));
            threads.execute(new Listener(tls, threads, conversations, own::secured));
            threads.execute(new Acceptor(rest));
            threads.execute(new DatagramEcho(udp));
            System.out.println(here.getHostAddress() + " " + port(tcp) + " " + unix + " " + udp.socket().getLocalPort()
                    + " " + certificate);
            while (System.in.read() >= 0) {
                // What is said here does not matter, only that it ends.
            }
        } finally {
            for (Path file : new Path[] {unix, certificate, folder}) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static int port(ServerSocketChannel listener) {
        return listener.socket().getLocalPort();
    }
}
