package io.github.pysockets.stack;

/**
 * The kernel's crypto interface: AF_ALG.
 *
 * @param type such as {@code skcipher}, at most 13 octets
 * @param name such as {@code cbc(aes)}, at most 63 octets
 * @param features unsigned 32 bits
 * @param mask unsigned 32 bits
 */
public record SockaddrAlg(String type, String name, int features, int mask) implements SocketAddress {}
