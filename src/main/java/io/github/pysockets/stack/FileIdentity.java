package io.github.pysockets.stack;

/**
 * Identifies an open socket or a file.
 *
 * @param isSocket whether it is a socket
 * @param number the kernel's number for the open socket (SO_COOKIE), which is never used twice; the inode of a file
 * @param device the device that the file is on; 0 for a socket
 */
public record FileIdentity(boolean isSocket, long number, long device) {}
