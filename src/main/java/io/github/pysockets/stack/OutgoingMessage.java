package io.github.pysockets.stack;

import java.util.List;

/**
 * What sendmsg(2) sends.
 *
 * @param data the bytes to send, gathered by the caller
 * @param at index of the first byte
 * @param count how many bytes
 * @param control ancillary data, in order
 * @param to the receiver's address; null for a connected socket
 */
public record OutgoingMessage(byte[] data, int at, int count, List<ControlMessage> control, SocketAddress to) {}
