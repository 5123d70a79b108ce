package io.github.pysockets.virtual;

/** What a connection is known by, at one of its ends. */
record TcpPath(NetPort local, NetPort remote) {}
