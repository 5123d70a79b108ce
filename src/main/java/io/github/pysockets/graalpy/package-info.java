/**
 * The bridge into a GraalPy context: what Python code calls, and how values cross.
 *
 * <p>{@link io.github.pysockets.graalpy.Installation} puts the Python side (resources beside this package) into a
 * context. The Python side calls {@link io.github.pysockets.graalpy.SocketExports} and
 * {@link io.github.pysockets.graalpy.NameExports}: one host call for one socket call. No Java exception leaves them.
 * Results are numbers, the negative ones being {@link io.github.pysockets.python.Codes}, or Python values made by
 * {@link io.github.pysockets.graalpy.PythonValues}.
 */
package io.github.pysockets.graalpy;
