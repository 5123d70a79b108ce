package io.github.pysockets.policy;

import io.github.pysockets.abi.InetText;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The addresses with a common prefix: CIDR, RFC 4632. Bits after the prefix are 0. A range of IPv6 addresses that stand
 * for IPv4 addresses is the range of those.
 *
 * @param prefix the number of bits that are common: 0 to 32, or to 128 for IPv6
 */
record IpRange(IpAddress first, int prefix) {
    static final IpRange ALL_4 = new IpRange(IpAddress.four(0), 0);
    static final IpRange ALL_6 = new IpRange(new IpAddress(true, 0, 0), 0);

    private static final int BITS_4 = 32;
    private static final int BITS_6 = 128;

    IpRange {
        first = masked(first, prefix);
    }

    static IpRange of(IpAddress address) {
        return new IpRange(address, bits(address));
    }

    /**
     * Reads an address, or an address and the length of a prefix, such as {@code 10.0.0.0/8}.
     *
     * @return null if the text is neither
     */
    static IpRange parse(String text) {
        int slash = text.indexOf('/');
        IpAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (address == null || slash < 0) {
            return address == null ? null : of(address);
        }
        // The length counts the bits of the address as it was written.
        boolean wasSix = text.lastIndexOf(':', slash) >= 0;
        String length = text.substring(slash + 1);
        if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > (wasSix ? BITS_6 : BITS_4)) {
            return null;
        }
        int written = Integer.parseInt(length);
        boolean isAllOfNat64 = address.isSix() && address.high() == IpAddress.NAT64 && address.low() == 0;
        if (isAllOfNat64 && written == BITS_6 - BITS_4) {
            return ALL_4;
        }
        if (!wasSix || address.isSix()) {
            return new IpRange(address, written);
        }
        if (written >= BITS_6 - BITS_4) {
            return new IpRange(address, written - (BITS_6 - BITS_4));
        }
        // Such as ::/0, whose first address could stand for one of IPv4.
        byte[] six = InetText.parse6(text.substring(0, slash));
        ByteBuffer bytes = ByteBuffer.wrap(six);
        return new IpRange(new IpAddress(true, bytes.getLong(), bytes.getLong()), written);
    }

    /** The addresses 64:ff9b::NET.0.0.0/104, which stand for no address of IPv4. */
    static IpRange ofNat64(int net) {
        return new IpRange(new IpAddress(true, IpAddress.NAT64, Integer.toUnsignedLong(net << IpAddress.NET_SHIFT)),
                BITS_6 - IpAddress.NET_SHIFT);
    }

    private static int bits(IpAddress address) {
        return address.isSix() ? BITS_6 : BITS_4;
    }

    /** The address with all bits after the prefix set to 0. */
    static IpAddress masked(IpAddress address, int prefix) {
        if (!address.isSix()) {
            return new IpAddress(false, 0, address.low() & high(prefix + BITS_4));
        }
        return new IpAddress(true, address.high() & high(prefix), address.low() & high(prefix - Long.SIZE));
    }

    /** A number with the first bits set, as many of them as given. */
    private static long high(int bits) {
        if (bits <= 0) {
            return 0;
        }
        return bits >= Long.SIZE ? -1 : -1L << Long.SIZE - bits;
    }

    private boolean contains(IpRange other) {
        return first.isSix() == other.first.isSix()
                && prefix <= other.prefix
                && masked(other.first, prefix).equals(first);
    }

    /** What is left of this range without others: as few ranges as possible. */
    List<IpRange> without(List<IpRange> others) {
        List<IpRange> left = new ArrayList<>();
        collect(others, left);
        return left;
    }

    private void collect(List<IpRange> others, List<IpRange> left) {
        if (others.stream().anyMatch(other -> other.contains(this))) {
            return;
        }
        List<IpRange> inside = others.stream().filter(this::contains).toList();
        if (inside.isEmpty()) {
            left.add(this);
            return;
        }
        new IpRange(first, prefix + 1).collect(inside, left);
        new IpRange(upperHalf(), prefix + 1).collect(inside, left);
    }

    private IpAddress upperHalf() {
        int bit = bits(first) - 1 - prefix;
        return bit >= Long.SIZE
                ? new IpAddress(first.isSix(), first.high() | 1L << bit - Long.SIZE, first.low())
                : new IpAddress(first.isSix(), first.high(), first.low() | 1L << bit);
    }

    @Override
    public String toString() {
        return prefix == bits(first) ? first.toString() : first + "/" + prefix;
    }
}
