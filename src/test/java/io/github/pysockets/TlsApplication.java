package io.github.pysockets;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * A server of the JDK that speaks HTTP over TLS: it answers every request with the name in its client's certificate. Each request is a
 * connection of its own, and one that fails ends no more than itself.
 */
final class TlsApplication implements AutoCloseable {
    static final String NOBODY = "nobody";

    private static final int LIMIT = 20_000;

    private final SSLServerSocket listener;
    private final Thread thread;

    TlsApplication(SSLContext context) {
        try {
            listener = (SSLServerSocket) context.getServerSocketFactory()
                    .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
            // Takes a certificate of a client, and does without.
            listener.setWantClientAuth(true);
            thread = Thread.ofVirtual().start(this::serve);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (SSLSocket connection = (SSLSocket) listener.accept()) {
                connection.setSoTimeout(LIMIT);
                answer(connection);
            } catch (IOException refusedOrClosed) {
                // The client's side tells the test.
            }
        }
    }

    private static void answer(SSLSocket connection) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
        for (String line = lines.readLine(); line != null && !line.isEmpty();) {
            line = lines.readLine();
        }
        String answer = "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n" + client(connection);
        connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    }

    /** Who the other end of a connection says that it is. */
    static String client(SSLSocket connection) {
        try {
            Principal name = connection.getSession().getPeerPrincipal();
            return name.getName();
        } catch (SSLPeerUnverifiedException none) {
            return NOBODY;
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            thread.join(LIMIT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
