package io.github.pysockets.abi;

/** Requests of ioctl(2): ioctl_list(2), netdevice(7). */
public final class IoControl {
    /** Bytes that are not yet sent or acknowledged; TIOCOUTQ is the same. */
    public static final long SIOCOUTQ = 0x5411;
    /** Bytes that can be read; SIOCINQ is the same. */
    public static final long FIONREAD = 0x541b;
    /** Sets O_NONBLOCK. */
    public static final long FIONBIO = 0x5421;
    public static final long FIONCLEX = 0x5450;
    public static final long FIOCLEX = 0x5451;
    public static final long FIOGETOWN = 0x8903;
    public static final long SIOCGPGRP = 0x8904;
    public static final long SIOCATMARK = 0x8905;
    public static final long SIOCGSTAMP = 0x8906;
    public static final long SIOCGSTAMPNS = 0x8907;
    public static final long SIOCGIFNAME = 0x8910;
    public static final long SIOCGIFFLAGS = 0x8913;
    public static final long SIOCGIFADDR = 0x8915;
    public static final long SIOCGIFDSTADDR = 0x8917;
    public static final long SIOCGIFBRDADDR = 0x8919;
    public static final long SIOCGIFNETMASK = 0x891b;
    public static final long SIOCGIFMETRIC = 0x891d;
    public static final long SIOCGIFMTU = 0x8921;
    public static final long SIOCGIFHWADDR = 0x8927;
    public static final long SIOCGIFINDEX = 0x8933;
    public static final long SIOCGIFTXQLEN = 0x8942;
    public static final long SIOCOUTQNSD = 0x894b;
    public static final long SIOCGIFMAP = 0x8970;

    /** The settings of a terminal: no other descriptor has any. */
    public static final long TCGETS = 0x5401;

    private IoControl() {}
}
