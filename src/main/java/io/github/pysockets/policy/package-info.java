/**
 * What a script may reach in the network: rules as values, and a stack that keeps to them. See {@link
 * io.github.pysockets.policy.NetworkPolicy}.
 */
package io.github.pysockets.policy;
