package io.github.pysockets.proxy;

import io.github.pysockets.abi.Errno;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The method CONNECT of HTTP/1.1: RFC 9110, section 9.3.6. */
final class HttpHandshake implements ProxyHandshake {
    /** Longer answers are none: a proxy must not make us keep all that it sends. */
    private static final int LONGEST = 16 << 10;
    private static final String END = "\r\n\r\n";
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})(?: [^\r\n]*)?\r\n");

    private final StringBuilder received = new StringBuilder();
    private byte[] output;
    private boolean isDone;

    /** @param credentials for basic authentication, encoded; null for none */
    HttpHandshake(InetSocketAddress target, String credentials) {
        String host = target.isUnresolved() ? target.getHostString() : target.getAddress().getHostAddress();
        String authority = (target.getAddress() instanceof Inet6Address ? "[" + host + "]" : host)
                + ":" + target.getPort();
        String request = "CONNECT %s HTTP/1.1\r\nHost: %s\r\n".formatted(authority, authority)
                + (credentials == null ? "" : "Proxy-Authorization: Basic " + credentials + "\r\n") + "\r\n";
        output = request.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public byte[] output() {
        byte[] next = output;
        output = new byte[0];
        return next;
    }

    /** What follows the answer is the target's. So at most what is missing of its end may be taken. */
    @Override
    public int needs() {
        if (isDone) {
            return 0;
        }
        for (int length = END.length() - 1; length > 0; length--) {
            if (endsWith(END.substring(0, length))) {
                return END.length() - length;
            }
        }
        return END.length();
    }

    private boolean endsWith(String end) {
        int from = received.length() - end.length();
        return from >= 0 && received.substring(from).equals(end);
    }

    @Override
    public void take(byte[] bytes) throws ProxyException {
        received.append(new String(bytes, StandardCharsets.ISO_8859_1));
        if (received.length() > LONGEST) {
            throw new ProxyException(Errno.EPROTO, "the proxy's answer has no end");
        }
        if (endsWith(END)) {
            requireSuccess();
            isDone = true;
        }
    }

    private void requireSuccess() throws ProxyException {
        Matcher status = STATUS.matcher(received);
        if (!status.lookingAt()) {
            throw new ProxyException(Errno.EPROTO, "the proxy does not speak HTTP");
        }
        String code = status.group(1);
        if (code.startsWith("2")) {
            return;
        }
        throw switch (code) {
            case "401", "403" -> new ProxyException(Errno.EACCES, "the proxy does not allow it");
            case "407" -> new ProxyException(Errno.EACCES, "the proxy does not accept the password, or wants one");
            case "404", "502", "503" -> new ProxyException(Errno.EHOSTUNREACH, "says the proxy");
            case "408", "504" -> new ProxyException(Errno.ETIMEDOUT, "says the proxy");
            default -> new ProxyException(Errno.ECONNREFUSED, "the proxy answers " + code);
        };
    }
}
