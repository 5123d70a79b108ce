package io.github.pysockets.jython;

import io.github.pysockets.python.PySocket;
import io.github.pysockets.python.SocketUses;
import org.python.core.PyList;
import org.python.core.PyString;

/**
 * What a file has in its buffer. Where the file is dropped, that is sent, as CPython does. Nobody is told of an error,
 * because nobody is left to tell.
 *
 * @param socket not the object of Python code, which may be dropped together with the file
 * @param pieces the buffer, a list of str
 */
record UnsentData(PySocket socket, PyList pieces) implements SocketUses.LastWords {
    @Override
    public boolean any() {
        return !pieces.isEmpty();
    }

    @Override
    public void send() {
        try (Bytes.Source data = Bytes.sourceOrNull(new PyString("").join(pieces))) {
            socket.sendAll(data, data.size(), 0);
        } catch (RuntimeException nobodyToTell) {
            return;
        }
    }
}
