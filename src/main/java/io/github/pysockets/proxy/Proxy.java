package io.github.pysockets.proxy;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * A proxy through which TCP connections go. Scripts know nothing of it: they connect to their targets, and
 * {@code getpeername} names these. Immutable.
 *
 * <pre>{@code
 * Proxy proxy = Proxy.socks5(new InetSocketAddress("proxy.example.com", 1080)).withPassword("user", "secret");
 * PySockets sockets = PySockets.builder().proxy(proxy).install(context);
 * }</pre>
 */
public final class Proxy {
    private static final int LONGEST = 255;

    private final InetSocketAddress address;
    private final boolean isHttp;
    private final String user;
    private final String password;
    private final Predicate<InetSocketAddress> goesThrough;

    private Proxy(InetSocketAddress address, boolean isHttp, String user, String password,
            Predicate<InetSocketAddress> goesThrough) {
        Objects.requireNonNull(address, "address");
        if (address.isUnresolved()) {
            throw new IllegalArgumentException(
                    "The proxy's host %s has no address: give one that can be resolved.".formatted(
                            address.getHostString()));
        }
        this.address = address;
        this.isHttp = isHttp;
        this.user = user;
        this.password = password;
        this.goesThrough = goesThrough;
    }

    /** A SOCKS proxy, version 5: RFC 1928. */
    public static Proxy socks5(InetSocketAddress address) {
        return new Proxy(address, false, null, null, _ -> true);
    }

    /** An HTTP proxy, by its method CONNECT: RFC 9110, section 9.3.6. */
    public static Proxy http(InetSocketAddress address) {
        return new Proxy(address, true, null, null, _ -> true);
    }

    /**
     * The same proxy, which wants to know who asks: RFC 1929, or basic authentication, RFC 7617.
     *
     * @param name of 1 to 255 bytes in UTF-8, as is {@code secret}
     */
    public Proxy withPassword(String name, String secret) {
        requireLength("user name", name);
        requireLength("password", secret);
        return new Proxy(address, isHttp, name, secret, goesThrough);
    }

    private static void requireLength(String what, String text) {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        if (length == 0 || length > LONGEST) {
            throw new IllegalArgumentException("A %s has 1 to 255 bytes, not %d.".formatted(what, length));
        }
    }

    /** The same proxy for some targets alone; connections to others do not go through it. */
    public Proxy onlyFor(Predicate<InetSocketAddress> targets) {
        return new Proxy(address, isHttp, user, password, Objects.requireNonNull(targets, "targets"));
    }

    InetSocketAddress address() {
        return address;
    }

    boolean goesThrough(InetSocketAddress target) {
        return goesThrough.test(target);
    }

    /** Asks the proxy for a connection to a target. */
    ProxyHandshake handshake(InetSocketAddress target) {
        if (!isHttp) {
            return new Socks5Handshake(target, user, password);
        }
        String credentials = user == null
                ? null
                : Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return new HttpHandshake(target, credentials);
    }
}
