/**
 * The stack on the operating system's own calls, through {@link java.lang.foreign}: {@link
 * io.github.pysockets.posix.PosixStack}. Linux on x86-64 and aarch64.
 */
package io.github.pysockets.posix;
