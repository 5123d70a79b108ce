package io.github.pysockets.bench.micro.tls;

import io.github.pysockets.tls.Roles;
import io.github.pysockets.tls.TlsConnection;
import io.github.pysockets.tls.TlsContext;
import io.github.pysockets.bench.micro.Microbenchmark;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * A client makes records of TLS 1.3 and its server opens them, in memory and in one thread. JSSE puts a little less
 * than 16 KiB into a record: 16 KiB take a second, small one.
 */
public class RecordBenchmark extends Microbenchmark {
    private static final int LARGEST = 16_384;
    private static final int ROUNDS = 100;

    /** Plain bytes. */
    @Param({"64", "16384"})
    public int size;

    private final byte[] plain = new byte[LARGEST];
    private final byte[] into = new byte[LARGEST];

    private TlsConnection client;
    private TlsConnection server;

    @Setup
    public void shakeHands() throws Exception {
        TlsContext clients = new TlsContext(Roles.CLIENT);
        TlsContext servers = new TlsContext(Roles.SERVER);
        servers.addIdentity(SelfSigned.identity());
        Pipe toServer = new Pipe();
        Pipe toClient = new Pipe();
        client = clients.client(Pipe.transport(toServer, toClient), "localhost", null);
        server = servers.server(Pipe.transport(toClient, toServer));
        for (int round = 0; round < ROUNDS && !(client.handshakeDone() && server.handshakeDone()); round++) {
            client.handshake();
            server.handshake();
        }
    }

    @Benchmark
    public int writeAndRead() {
        client.write(
                (from, array, count) -> System.arraycopy(plain, from, array, array.length - count, count), 0, size,
                true);
        int total = 0;
        while (total < size) {
            int count = server.read(into, total, size - total);
            if (count <= 0) {
                throw new IllegalStateException("read gave " + count);
            }
            total += count;
        }
        return total;
    }
}
