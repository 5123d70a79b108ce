/**
 * The bridge to Jython 2.7: the modules {@code _socket}, {@code select} and {@code _ssl} as types and functions built
 * in Java, and what crosses between the two.
 *
 * <p>Only {@link org.python.core.PyException} leaves a function that Python code calls. Everything belongs to one
 * interpreter, and is reached from the module or object at hand: never from a static or the calling thread, because
 * all interpreters of a process share Java's classes, and any thread may call.
 */
package io.github.pysockets.jython;
