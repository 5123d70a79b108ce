/**
 * The stack that makes the operating system's own calls, through {@link java.lang.foreign}:
 * {@link io.github.pysockets.linux.LinuxStack}. Linux on x86-64 and aarch64.
 */
package io.github.pysockets.linux;
