package io.github.pysockets.linux;

/**
 * Where the fields of Linux's socket addresses are, for {@link SockaddrEncoder} and {@link SockaddrDecoder}. Each
 * struct begins with its family, two bytes in host byte order.
 */
final class SockaddrLayout {

    static final int FAMILY = 0;

    /** sa_data of struct sockaddr. */
    static final int DATA = 2;

    /** struct sockaddr_in: ip(7). */
    static final class In {
        static final int PORT = 2;
        static final int ADDRESS = 4;
        static final int SIZE = 16;

        private In() {}
    }

    /** struct sockaddr_in6: ipv6(7). */
    static final class In6 {
        static final int PORT = 2;
        static final int FLOW_INFO = 4;
        static final int ADDRESS = 8;
        static final int SCOPE_ID = 24;
        static final int SIZE = 28;

        private In6() {}
    }

    /** struct sockaddr_un: unix(7). */
    static final class Un {
        static final int PATH = 2;
        static final int PATH_SIZE = 108;

        private Un() {}
    }

    /** struct sockaddr_nl: netlink(7). */
    static final class Nl {
        static final int PORT_ID = 4;
        static final int GROUPS = 8;
        static final int SIZE = 12;

        private Nl() {}
    }

    /** struct sockaddr_ll: packet(7). */
    static final class Ll {
        static final int PROTOCOL = 2;
        static final int INTERFACE = 4;
        static final int HARDWARE_TYPE = 8;
        static final int PACKET_TYPE = 10;
        static final int ADDRESS_LENGTH = 11;
        static final int ADDRESS = 12;
        static final int ADDRESS_SIZE = 8;
        static final int SIZE = 20;

        private Ll() {}
    }

    /** struct sockaddr_vm: vsock(7). */
    static final class Vm {
        static final int PORT = 4;
        static final int CONTEXT_ID = 8;
        static final int SIZE = 16;

        private Vm() {}
    }

    /** struct sockaddr_can: linux/can.h. The fields from RECEIVE_ID on are a union of the protocols' fields. */
    static final class Can {

        static final int INTERFACE = 4;
        static final int RECEIVE_ID = 8;
        static final int SEND_ID = 12;
        static final int NAME = 8;
        static final int PARAMETER_GROUP = 16;
        static final int ADDRESS = 20;
        static final int SIZE = 24;

        private Can() {}
    }

    /** struct sockaddr_alg: linux/if_alg.h. */
    static final class Alg {
        static final int TYPE = 2;
        static final int TYPE_SIZE = 14;
        static final int FEATURES = 16;
        static final int MASK = 20;
        static final int NAME = 24;
        static final int NAME_SIZE = 64;
        static final int SIZE = 88;

        private Alg() {}
    }

    /** struct sockaddr_tipc: tipc(7). The fields from FIRST on are a union of the address types' fields. */
    static final class Tipc {

        static final int ADDRESS_TYPE = 2;
        static final int SCOPE = 3;
        static final int FIRST = 4;
        static final int SECOND = 8;
        static final int THIRD = 12;
        static final int REFERENCE = 4;
        static final int NODE = 8;
        static final int SIZE = 16;

        private Tipc() {}
    }

    /** struct sockaddr_qrtr: linux/qrtr.h. */
    static final class Qrtr {
        static final int NODE = 4;
        static final int PORT = 8;
        static final int SIZE = 12;

        private Qrtr() {}
    }

    private SockaddrLayout() {}
}
