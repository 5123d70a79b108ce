package io.github.pysockets.tls;

import java.util.concurrent.atomic.AtomicLong;

/** What a context's connections have done so far: the counts of SSL_CTX_sess_number(3). */
final class Statistics {
    final AtomicLong connects = new AtomicLong();
    final AtomicLong connected = new AtomicLong();
    final AtomicLong renegotiated = new AtomicLong();
    final AtomicLong accepts = new AtomicLong();
    final AtomicLong accepted = new AtomicLong();
    final AtomicLong hits = new AtomicLong();

    /** In the order of {@code SSLContext.session_stats()}; what JSSE does not count is 0. */
    long[] counts(int cached) {
        return new long[] {
            cached, connects.get(), connected.get(), renegotiated.get(), accepts.get(), accepted.get(), 0, hits.get(),
            0, 0, 0
        };
    }
}
