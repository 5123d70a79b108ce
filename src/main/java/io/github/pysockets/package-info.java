/** The API for applications: {@link io.github.pysockets.PySockets} puts a socket module into a GraalPy context. */
package io.github.pysockets;
