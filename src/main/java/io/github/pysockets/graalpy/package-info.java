/**
 * The bridge into a GraalPy context: what Python code calls, and how values cross.
 *
 * <p>{@link io.github.pysockets.graalpy.Installation} puts the Python side (resources beside this package) into a context;
 * {@link io.github.pysockets.graalpy.SocketExports} and {@link io.github.pysockets.graalpy.NameExports} are what it calls: one host call
 * for one socket call. No Java exception leaves them: results are numbers, of which the negative ones are
 * {@link io.github.pysockets.python.Codes}, or Python values made by {@link io.github.pysockets.graalpy.PythonValues}.
 */
package io.github.pysockets.graalpy;
