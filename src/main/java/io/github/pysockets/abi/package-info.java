/**
 * What Linux's socket calls take and give, as far as it has to be known by more than the stack that makes them: which
 * options, ancillary data, flags and commands there are, what they hold, and what they reach. Numbers are those of
 * x86-64 and aarch64.
 *
 * <p>These tables decide two things: how much memory the kernel gets for an answer, and what a script may use that is not
 * trusted with the process's memory and descriptors.
 */
package io.github.pysockets.abi;
