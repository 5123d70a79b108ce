/** Programs that tests run in a JVM of their own, which they may end, or whose memory they may use up. */
package io.github.pysockets.programs;
