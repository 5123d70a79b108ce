/** The contract on Java's own channels: for systems other than Linux, and for a JVM without native access. */
package io.github.pysockets.nio;
