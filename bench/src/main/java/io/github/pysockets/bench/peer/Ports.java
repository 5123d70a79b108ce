package io.github.pysockets.bench.peer;

/** The ports that are not among the worker's arguments. */
record Ports(int tls, int acceptor) {
    @Override
    public String toString() {
        return "tls " + tls + " acceptor " + acceptor;
    }
}
