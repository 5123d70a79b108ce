package io.github.pysockets.stack;

/**
 * What fstat(2) tells of a descriptor.
 *
 * @param mode the kind of file and its permissions
 * @param inode together with {@code device}, tells a file from every other that exists at the same time
 * @param device the device that the file is on, as makedev(3) makes it
 * @param size bytes, where the kind of file has a size
 * @param accessed nanoseconds since 1970, as are the others
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
