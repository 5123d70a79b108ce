package io.github.pysockets.virtual;

/** Hosts that cannot reach others, in either direction. What is sent meanwhile is lost. */
public interface Partition {
    /** Lets packets pass again, as far as no other partition holds them. A second call does nothing. */
    void heal();
}
