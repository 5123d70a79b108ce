package io.github.pysockets.stack;

/**
 * The kernel's crypto interface: AF_ALG.
 *
 * @param type such as {@code skcipher}, at most 13 bytes
 * @param name such as {@code cbc(aes)}, at most 63 bytes
 * @param features unsigned 32 bits
 * @param mask unsigned 32 bits
 */
public record SockaddrAlg(String type, String name, int features, int mask) implements SocketAddress {}
