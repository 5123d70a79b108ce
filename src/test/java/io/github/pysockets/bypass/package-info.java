/** Ways around a policy, as scripts would try them, and what they would reach. */
package io.github.pysockets.bypass;
