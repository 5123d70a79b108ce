package io.github.pysockets.observe;

import static io.github.pysockets.abi.AddressFamilies.AF_ALG;
import static io.github.pysockets.abi.AddressFamilies.AF_CAN;
import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.AddressFamilies.AF_INET6;
import static io.github.pysockets.abi.AddressFamilies.AF_NETLINK;
import static io.github.pysockets.abi.AddressFamilies.AF_PACKET;
import static io.github.pysockets.abi.AddressFamilies.AF_QIPCRTR;
import static io.github.pysockets.abi.AddressFamilies.AF_RDS;
import static io.github.pysockets.abi.AddressFamilies.AF_TIPC;
import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
import static io.github.pysockets.abi.AddressFamilies.AF_UNSPEC;
import static io.github.pysockets.abi.AddressFamilies.AF_VSOCK;
import static io.github.pysockets.abi.SocketTypes.SOCK_DGRAM;
import static io.github.pysockets.abi.SocketTypes.SOCK_RAW;
import static io.github.pysockets.abi.SocketTypes.SOCK_SEQPACKET;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;

import io.github.pysockets.abi.InetText;
import io.github.pysockets.stack.SockaddrAlg;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrLl;
import io.github.pysockets.stack.SockaddrOther;
import io.github.pysockets.stack.SockaddrUn;
import io.github.pysockets.stack.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Families, types, addresses and names as text. A script chooses some of them, so no control character is left. */
final class SocketText {
    private static final int LONGEST_NAME = 255;
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    private SocketText() {}

    static String family(int family) {
        return switch (family) {
            case AF_UNSPEC -> "AF_UNSPEC";
            case AF_UNIX -> "AF_UNIX";
            case AF_INET -> "AF_INET";
            case AF_INET6 -> "AF_INET6";
            case AF_NETLINK -> "AF_NETLINK";
            case AF_PACKET -> "AF_PACKET";
            case AF_RDS -> "AF_RDS";
            case AF_CAN -> "AF_CAN";
            case AF_TIPC -> "AF_TIPC";
            case AF_ALG -> "AF_ALG";
            case AF_VSOCK -> "AF_VSOCK";
            case AF_QIPCRTR -> "AF_QIPCRTR";
            default -> Integer.toString(family);
        };
    }

    /** @param type without flags */
    static String type(int type) {
        return switch (type) {
            case SOCK_STREAM -> "SOCK_STREAM";
            case SOCK_DGRAM -> "SOCK_DGRAM";
            case SOCK_RAW -> "SOCK_RAW";
            case SOCK_SEQPACKET -> "SOCK_SEQPACKET";
            default -> Integer.toString(type);
        };
    }

    /** Null for null. */
    static String address(SocketAddress address) {
        return switch (address) {
            case null -> null;
            case SockaddrIn in -> InetText.format(in.address()) + ":" + in.port();
            case SockaddrIn6 in -> "[" + InetText.format(in.high(), in.low())
                    + (in.scopeId() == 0 ? "" : "%" + Integer.toUnsignedString(in.scopeId())) + "]:" + in.port();
            case SockaddrUn un -> path(un.path());
            case SockaddrLl ll -> "interface " + ll.interfaceIndex() + " " + COLONS.formatHex(ll.address());
            case SockaddrAlg alg -> printable(alg.type() + " " + alg.name());
            case SockaddrOther other -> family(other.family()) + " " + HexFormat.of().formatHex(other.data());
            default -> printable(address.toString());
        };
    }

    private static String path(byte[] path) {
        boolean isAbstract = path.length > 0 && path[0] == 0;
        return isAbstract
                ? "@" + printable(decoded(Arrays.copyOfRange(path, 1, path.length)))
                : printable(decoded(path));
    }

    /** A host's name as it was passed to the name service; null for null. */
    static String name(byte[] name) {
        if (name == null) {
            return null;
        }
        return printable(decoded(name.length > LONGEST_NAME ? Arrays.copyOf(name, LONGEST_NAME) : name));
    }

    private static String decoded(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Writes what would act on a terminal, or begin a line, as Java's escape. */
    private static String printable(String text) {
        if (text.chars().allMatch(SocketText::isPrintable)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        text.chars().forEach(c -> {
            if (isPrintable(c)) {
                escaped.append((char) c);
            } else {
                escaped.append("\\u").append(HexFormat.of().toHexDigits((char) c));
            }
        });
        return escaped.toString();
    }

    private static boolean isPrintable(int c) {
        int kind = Character.getType(c);
        return !Character.isISOControl(c) && kind != Character.FORMAT && kind != Character.LINE_SEPARATOR
                && kind != Character.PARAGRAPH_SEPARATOR;
    }
}
