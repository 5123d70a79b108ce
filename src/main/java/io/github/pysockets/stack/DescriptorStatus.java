package io.github.pysockets.stack;

/**
 * What fstat(2) returns for a descriptor.
 *
 * @param mode the kind of file and its permissions
 * @param inode together with {@code device}, identifies the file among all that exist at the same time
 * @param device the device that the file is on, as makedev(3) makes it
 * @param size in bytes, if the kind of file has a size
 * @param accessed nanoseconds since 1970, as are {@code modified} and {@code changed}
 */
public record DescriptorStatus(
        int mode,
        long inode,
        long device,
        long links,
        int user,
        int group,
        long size,
        long accessed,
        long modified,
        long changed) {}
