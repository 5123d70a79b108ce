/**
 * What Linux's socket calls take and return, as far as code outside the stack has to know it: which options, ancillary
 * data, flags and commands there are, what they hold, and how far they reach. Numbers are those of x86-64 and aarch64.
 *
 * <p>These tables decide two things: how much memory the kernel gets for an answer, and what a script may use that is
 * not trusted with the process's memory and descriptors.
 */
package io.github.pysockets.abi;
