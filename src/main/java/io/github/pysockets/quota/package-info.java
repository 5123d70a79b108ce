/**
 * Limits of how much scripts use of the network: {@link io.github.pysockets.quota.Quota} has the limits and what is
 * used of them, {@link io.github.pysockets.quota.QuotaStack} wraps a stack so that they hold.
 *
 * <p>What is too early for a rate is held back: the call returns {@code -EAGAIN}, and pollers and epoll sets report the
 * endpoint as ready no earlier than it may go on. So nobody polls in vain, and the layer above waits as it always does.
 */
package io.github.pysockets.quota;
