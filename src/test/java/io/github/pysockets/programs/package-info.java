/** Programs that tests run in a JVM of their own, which they may fill up or end. */
package io.github.pysockets.programs;
