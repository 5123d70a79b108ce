/**
 * What scripts did with their sockets: {@link io.github.pysockets.observe.ObservedStack} counts it, tells a
 * {@link io.github.pysockets.observe.SocketListener} of it, and makes events for the JDK's Flight Recorder.
 */
package io.github.pysockets.observe;
