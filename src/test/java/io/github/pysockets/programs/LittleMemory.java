package io.github.pysockets.programs;

import io.github.pysockets.fixtures.LoggedErrors;
import io.github.pysockets.fixtures.Sandbox;

/** A program whose script asks for more memory than there is, in each way in which a host call allocates some. */
public final class LittleMemory {
    private LittleMemory() {}

    public static void main(String[] arguments) {
        try (LoggedErrors logged = new LoggedErrors(); Sandbox sandbox = new Sandbox()) {
            sandbox.run("""
                    import socket, ssl, _pysockets

                    def outcome(call):
                        try:
                            return call()
                        except Exception as failure:
                            return type(failure).__name__

                    def fill():
                        bio, piece = ssl.MemoryBIO(), bytes(10 << 20)
                        for _ in range(100):
                            bio.write(piece)

                    left, right = socket.socketpair()
                    large = bytes(70 << 20)
                    calls = _pysockets.host.calls
                    for _ in range(3):
                        print(outcome(lambda: calls.buffer(2**31 - 1)), outcome(lambda: calls.buffer(10**9)))
                        print(outcome(fill))
                        print(outcome(lambda: left.sendmsg([large, large])))
                        print(outcome(lambda: [left.recv(1 << 26, socket.MSG_DONTWAIT) for _ in range(1)]))
                    left.sendall(b"echo")
                    print(right.recv(10))
                    """);
            logged.records().forEach(error -> System.out.println("logged: " + error.getThrown()));
        }
    }
}
