package io.github.pysockets.nio;

/** What the ends of a socket pair tell each other, as the ends of a stream of AF_UNIX know it of each other. */
final class PairLink {
    private volatile StreamEndpoint other;
    private volatile boolean isClosed;
    private volatile boolean readsNoMore;
    private volatile boolean sendsNoMore;

    static void join(StreamEndpoint first, StreamEndpoint second) {
        PairLink ofFirst = new PairLink();
        PairLink ofSecond = new PairLink();
        ofFirst.other = first;
        ofSecond.other = second;
        first.linkTo(ofSecond, ofFirst);
        second.linkTo(ofFirst, ofSecond);
    }

    void close() {
        isClosed = true;
    }

    void shutDown(boolean read, boolean write) {
        readsNoMore |= read;
        sendsNoMore |= write;
    }

    /** The end that this is about. */
    StreamEndpoint end() {
        return other;
    }

    boolean readsNoMore() {
        return isClosed || readsNoMore;
    }

    boolean sendsNoMore() {
        return isClosed || sendsNoMore;
    }
}
