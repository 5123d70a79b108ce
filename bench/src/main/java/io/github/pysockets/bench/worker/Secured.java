package io.github.pysockets.bench.worker;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** TLS to the peer, whose certificate and name are verified. */
final class Secured {
    private static final int MESSAGE = 64;

    private Secured() {}

    static Workload send(Peer peer, int parameter) throws IOException, GeneralSecurityException {
        SSLSocket socket = connect(factory(peer), peer.address("tls"), "SINK");
        byte[] piece = new byte[Bulk.LARGE];
        return new Repeated(count -> {
            for (int i = 0; i < count; i++) {
                socket.getOutputStream().write(piece);
            }
            return new Repeated.Done(count, (long) count * piece.length);
        }, socket);
    }

    static Workload receive(Peer peer, int parameter) throws IOException, GeneralSecurityException {
        SSLSocket socket = connect(factory(peer), peer.address("tls"), "SOURCE");
        byte[] target = new byte[Bulk.PIECE];
        return new Repeated(count -> {
            long received = 0;
            for (int i = 0; i < count; i++) {
                received += socket.getInputStream().read(target);
            }
            return new Repeated.Done(count, received);
        }, socket);
    }

    static Workload roundTrip(Peer peer, int parameter) throws IOException, GeneralSecurityException {
        SSLSocket socket = connect(factory(peer), peer.address("tls"), "ECHO");
        byte[] message = new byte[MESSAGE];
        return new Repeated(count -> {
            for (int i = 0; i < count; i++) {
                socket.getOutputStream().write(message);
                socket.getInputStream().readNBytes(message, 0, MESSAGE);
            }
            return new Repeated.Done(count, (long) MESSAGE * count);
        }, socket);
    }

    /** Sessions are not used again: each connection has a factory of its own. */
    static Workload handshakes(Peer peer, int parameter) throws IOException, GeneralSecurityException {
        InetSocketAddress address = peer.address("tls");
        TrustManagerFactory trust = trust(peer);
        return new Repeated(count -> {
            for (int i = 0; i < count; i++) {
                try (SSLSocket socket = connect(factory(trust), address, "PORTS")) {
                    if (socket.getInputStream().read() != 't') {
                        throw new IOException("the peer does not answer");
                    }
                } catch (GeneralSecurityException failure) {
                    throw new IOException(failure);
                }
            }
            return new Repeated.Done(count, 0);
        });
    }

    private static SSLSocket connect(SSLSocketFactory factory, InetSocketAddress address, String purpose)
            throws IOException {
        Socket plain = new Socket(address.getAddress(), address.getPort());
        plain.setTcpNoDelay(true);
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, "localhost", address.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.getOutputStream().write((purpose + "\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static SSLSocketFactory factory(Peer peer) throws IOException, GeneralSecurityException {
        return factory(trust(peer));
    }

    private static SSLSocketFactory factory(TrustManagerFactory trust) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    private static TrustManagerFactory trust(Peer peer) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream file = Files.newInputStream(peer.certificate())) {
            store.setCertificateEntry("peer", CertificateFactory.getInstance("X.509").generateCertificate(file));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        return trust;
    }
}
