package io.github.pysockets.tls.cert;

/**
 * A directory of certificates and revocation lists in the form of c_rehash(1): the name of a file is the hash of a
 * subject (of an issuer, for a list) and a number from 0 on.
 */
@FunctionalInterface
public interface HashedDirectory {
    /**
     * The content of a file.
     *
     * @param name as in {@code 4e1295a3.0}, or {@code 4e1295a3.r0} for a revocation list
     * @return null where there is no such file
     */
    byte[] file(String name);
}
