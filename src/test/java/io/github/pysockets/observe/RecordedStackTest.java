package io.github.pysockets.observe;

import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackContract;
import jdk.jfr.Recording;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract, on a stack all of whose events are recorded, and whose listener always fails. */
final class RecordedStackTest extends StackContract {
    private static final SocketStack STACK = new ObservedStack(LinuxStack.open(), "contract", Notes.failing());
    private static Recording recording;

    @BeforeAll
    static void record() {
        recording = new Recording();
        FlightEventsTest.EVENTS.forEach(event -> recording.enable("pysockets." + event));
        recording.start();
    }

    @AfterAll
    static void stop() {
        recording.close();
    }

    @Override
    protected SocketStack stack() {
        return STACK;
    }
}
