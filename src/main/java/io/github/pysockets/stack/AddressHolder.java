package io.github.pysockets.stack;

/** Holds the address that a call returns besides its int result. Can be reused, but not by two threads at once. */
public final class AddressHolder {
    private SocketAddress address;

    /** Makes one that holds nothing yet. */
    public AddressHolder() {}

    /** The address that the last call set; null if there was none. */
    public SocketAddress get() {
        return address;
    }

    public void set(SocketAddress newAddress) {
        address = newAddress;
    }
}
