package io.github.pysockets.stack;

/** Where a call leaves an address beside its int result. Meant to be reused; not for use by two threads at once. */
public final class AddressHolder {
    private SocketAddress address;

    /** The address that the last call set; null where there was none. */
    public SocketAddress get() {
        return address;
    }

    public void set(SocketAddress newAddress) {
        address = newAddress;
    }
}
