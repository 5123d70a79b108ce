package io.github.pysockets.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The conversation in which a worker is a server and the peer its clients. Each line is {@code PREPARE count}, answered
 * by {@code prepared} when as many clients are connected, or {@code GO seconds}, answered by {@code done N} when they
 * have made N requests in that time, each its next as soon as it has its answer, and all answers are there. Where the
 * worker does not do its part, the answer is {@code failed} and why.
 */
abstract class Driving {
    /** Connects. */
    abstract void prepare(int count) throws IOException;

    /** @return the number of requests that were answered */
    abstract long drive(long nanoseconds) throws IOException;

    /** Disconnects. */
    abstract void end() throws IOException;

    final void obey(Connection connection) throws IOException {
        try {
            while (true) {
                connection.write(answer(connection.line().split(" ")) + "\n");
            }
        } finally {
            end();
        }
    }

    private String answer(String[] words) {
        try {
            if (words[0].equals("PREPARE")) {
                prepare(Integer.parseInt(words[1]));
                return "prepared";
            }
            return "done " + drive((long) (Double.parseDouble(words[1]) * 1e9));
        } catch (IOException | UncheckedIOException failure) {
            return "failed " + failure.getMessage();
        }
    }
}
