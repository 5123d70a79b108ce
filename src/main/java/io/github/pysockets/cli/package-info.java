/**
 * The {@code pysockets} command: runs a Python program the way the {@code python} command does, on the sockets of this
 * project.
 *
 * <p>{@link io.github.pysockets.cli.Main} asks {@code CommandLine} what to do, {@code PythonOptions} how to set the
 * interpreter up, and {@code ScriptRunner} to do it. {@code SignalRelay} lets Ctrl-C end a call that blocks in Java or
 * in the kernel.
 */
package io.github.pysockets.cli;
