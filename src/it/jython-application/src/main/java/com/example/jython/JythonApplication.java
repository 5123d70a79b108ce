package com.example.jython;

import io.github.pysockets.JythonSockets;
import org.python.core.PySystemState;
import org.python.util.PythonInterpreter;

/** An application that has a script of Jython use a socket, and prints what the script says. */
public final class JythonApplication {
    private static final String SCRIPT = """
            import socket

            left, right = socket.socketpair()
            left.sendall("a socket of " + type(left).__module__)
            answer = right.recv(100)
            """;

    private JythonApplication() {}

    /** Ends with an exception where something is missing. */
    public static void main(String[] arguments) {
        try (PythonInterpreter interpreter = new PythonInterpreter(null, new PySystemState());
                JythonSockets _ = JythonSockets.install(interpreter)) {
            interpreter.exec(SCRIPT);
            System.out.println(interpreter.get("answer"));
        }
    }
}
