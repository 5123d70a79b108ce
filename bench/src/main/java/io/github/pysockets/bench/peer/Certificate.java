package io.github.pysockets.bench.peer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A new self-signed certificate of "localhost" with its key, EC on P-256. */
final class Certificate {
    private static final String ALIAS = "peer";
    // The store lives for a second, in a folder that only its owner may read.
    private static final String PASSWORD = "changeit";

    private final SSLContext context;

    private Certificate(SSLContext context) {
        this.context = context;
    }

    /**
     * @param folder where it may make files, which it removes
     * @param pem the file that the certificate is written to, for clients to trust
     */
    static Certificate make(Path folder, Path pem) throws IOException, GeneralSecurityException, InterruptedException {
        Path file = folder.resolve("store.p12");
        String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> words = List.of(keytool, "-genkeypair", "-alias", ALIAS, "-keyalg", "EC", "-groupname",
                "secp256r1",
                "-dname", "CN=localhost", "-validity", "30", "-ext", "san=dns:localhost", "-ext", "bc:critical=ca:true",
                "-ext", "ku:critical=digitalSignature,keyCertSign", "-storetype", "PKCS12", "-keystore",
                file.toString(), "-storepass", PASSWORD);
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException("keytool fails: " + output.strip());
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(file)) {
            store.load(stream, PASSWORD.toCharArray());
        }
        Files.delete(file);
        String encoded = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(store.getCertificate(ALIAS).getEncoded());
        Files.writeString(pem, "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n");
        // The kind named PKIX decrypts the key again for each handshake, which takes longer than the handshake.
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return new Certificate(context);
    }

    /** The server's end of a connection, after the handshake. */
    Connection secured(SocketChannel channel) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(channel.socket(), null, true);
        socket.setUseClientMode(false);
        socket.startHandshake();
        return TlsChannel.connection(socket, channel);
    }
}
