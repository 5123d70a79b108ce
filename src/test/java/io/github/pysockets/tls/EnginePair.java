package io.github.pysockets.tls;

import io.github.pysockets.tls.cert.OpenSslException;
import io.github.pysockets.tls.cert.TestCertificates.Made;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/** A client's and a server's engine of the JDK, with records exchanged in memory until neither has more to send. */
public final class EnginePair {
    private static final int ROUNDS = 10;
    private static final char[] PASSWORD = {'x'};

    final Side client;
    final Side server;

    EnginePair(SSLEngine client, SSLEngine server) {
        client.setUseClientMode(true);
        server.setUseClientMode(false);
        this.client = new Side(client);
        this.server = new Side(server);
        try {
            client.beginHandshake();
            server.beginHandshake();
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One end, what has come for it, and how it failed. */
    static final class Side {
        final SSLEngine engine;
        private byte[] incoming = {};
        private SSLException failure;

        Side(SSLEngine engine) {
            this.engine = engine;
        }

        /** The failure as Python gets it; null where there was none. */
        OpenSslException failure() {
            return failure == null ? null : JsseErrors.of(failure, !engine.getUseClientMode());
        }

        void receive(byte[] bytes) {
            byte[] all = Arrays.copyOf(incoming, incoming.length + bytes.length);
            System.arraycopy(bytes, 0, all, incoming.length, bytes.length);
            incoming = all;
        }

        /** Handles what has come. Gives what is to be sent. */
        byte[] act() {
            ByteBuffer outgoing = ByteBuffer.allocate(1 << 17);
            int failures = 0;
            while (failures < 2) {
                try {
                    if (!step(outgoing)) {
                        break;
                    }
                } catch (SSLException e) {
                    failure = failure == null ? e : failure;
                    failures++;
                }
            }
            return Arrays.copyOf(outgoing.array(), outgoing.position());
        }

        private boolean step(ByteBuffer outgoing) throws SSLException {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> {
                    engine.getDelegatedTask().run();
                    return true;
                }
                case NEED_WRAP -> {
                    return engine.wrap(ByteBuffer.allocate(0), outgoing).bytesProduced() > 0;
                }
                default -> {
                    ByteBuffer records = ByteBuffer.wrap(incoming);
                    SSLEngineResult result = engine.unwrap(records, ByteBuffer.allocate(1 << 15));
                    incoming = Arrays.copyOfRange(incoming, records.position(), incoming.length);
                    return result.bytesConsumed() > 0;
                }
            }
        }

        byte[] seal(String text) throws SSLException {
            ByteBuffer record = ByteBuffer.allocate(1 << 15);
            engine.wrap(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), record);
            return Arrays.copyOf(record.array(), record.position());
        }
    }

    /** Exchanges records until neither has more to send. */
    EnginePair exchange() {
        return exchange(UnaryOperator.identity(), UnaryOperator.identity());
    }

    /** As {@link #exchange()}; what each sends first goes through a function. */
    EnginePair exchange(UnaryOperator<byte[]> ofClient, UnaryOperator<byte[]> ofServer) {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] fromClient = client.act();
            server.receive(round == 0 ? ofClient.apply(fromClient) : fromClient);
            byte[] fromServer = server.act();
            client.receive(round == 0 ? ofServer.apply(fromServer) : fromServer);
        }
        return this;
    }

    /**
     * A context of the JDK.
     *
     * @param identity null for none
     * @param trusted null for none
     */
    public static SSLContext context(Made identity, X509Certificate trusted) {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            if (identity != null) {
                X509Certificate[] chain = {identity.certificate()};
                keys.setKeyEntry("identity", identity.key(), PASSWORD, chain);
            }
            KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
            keyManagers.init(keys, PASSWORD);
            KeyStore trust = KeyStore.getInstance("PKCS12");
            trust.load(null, null);
            if (trusted != null) {
                trust.setCertificateEntry("trusted", trusted);
            }
            TrustManagerFactory trustManagers = TrustManagerFactory.getInstance("PKIX");
            trustManagers.init(trust);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
