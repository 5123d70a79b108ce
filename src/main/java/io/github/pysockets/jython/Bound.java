package io.github.pysockets.jython;

/** An object of one interpreter, with methods of ours. */
interface Bound {
    Bindings bindings();
}
