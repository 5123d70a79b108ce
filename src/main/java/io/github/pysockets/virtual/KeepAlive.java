package io.github.pysockets.virtual;

import static io.github.pysockets.abi.Protocols.IPPROTO_TCP;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;

import io.github.pysockets.abi.Constants;
import java.util.concurrent.TimeUnit;

/** Finds out that a silent peer is gone: SO_KEEPALIVE, and TCP_KEEPIDLE, TCP_KEEPINTVL and TCP_KEEPCNT of tcp(7). */
final class KeepAlive extends Event {
    private static final int SO_KEEPALIVE = (int) Constants.number("SO_KEEPALIVE");
    private static final int TCP_KEEPIDLE = (int) Constants.number("TCP_KEEPIDLE");
    private static final int TCP_KEEPINTVL = (int) Constants.number("TCP_KEEPINTVL");
    private static final int TCP_KEEPCNT = (int) Constants.number("TCP_KEEPCNT");

    private final TcpConnection connection;
    private OptionValues options;
    private long heardAt;
    private int probes;

    KeepAlive(TcpConnection connection) {
        this.connection = connection;
    }

    private World world() {
        return connection.world();
    }

    /** Begins, ends or changes with the options, which are read each time. */
    void start(OptionValues newOptions) {
        options = newOptions;
        if (!options.isOn(SOL_SOCKET, SO_KEEPALIVE)) {
            stop();
        } else {
            world().schedule(this, Math.max(0, heardAt + seconds(TCP_KEEPIDLE) - world().now()));
        }
    }

    void stop() {
        world().cancel(this);
    }

    private long seconds(int option) {
        return TimeUnit.SECONDS.toNanos(options.number(IPPROTO_TCP, option));
    }

    /** The peer has sent something. */
    void heard() {
        heardAt = world().now();
        probes = 0;
    }

    @Override
    void fire() {
        long silence = world().now() - heardAt;
        if (silence < seconds(TCP_KEEPIDLE)) {
            world().schedule(this, seconds(TCP_KEEPIDLE) - silence);
        } else if (connection.isBusy()) {
            // Its own timer finds out.
            world().schedule(this, seconds(TCP_KEEPIDLE));
        } else if (probes >= options.number(IPPROTO_TCP, TCP_KEEPCNT)) {
            connection.isSilent();
        } else {
            probes++;
            connection.probe();
            world().schedule(this, seconds(TCP_KEEPINTVL));
        }
    }
}
