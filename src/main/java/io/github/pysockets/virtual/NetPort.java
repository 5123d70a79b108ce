package io.github.pysockets.virtual;

/** An address and a port. */
record NetPort(NetAddress address, int port) {}
