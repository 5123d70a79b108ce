package io.github.pysockets.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.PolyglotException.StackFrame;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.SourceSection;

/** Reports what ended the program without being a Python exception: a Java exception, or a defect of GraalPy. */
final class Failure {
    private Failure() {}

    /** The text for standard error: Python's frames, and those of Java only for a defect. */
    static String describe(PolyglotException failure) {
        var text = new StringBuilder("Traceback (most recent call last):\n");
        for (StackFrame frame : pythonFrames(failure)) {
            SourceSection place = frame.getSourceLocation();
            text.append("  File \"%s\", line %d, in %s\n"
                    .formatted(nameOf(place.getSource()), place.getStartLine(), frame.getRootName()));
        }
        if (failure.isHostException()) {
            return text.append(failure.asHostException()).append('\n').toString();
        }
        text.append("pysockets: GraalPy failed: ").append(failure.getMessage()).append('\n');
        for (StackTraceElement element : failure.getStackTrace()) {
            text.append("\tat ").append(element).append('\n');
        }
        return text.toString();
    }

    private static String nameOf(Source source) {
        return source.getPath() != null ? source.getPath() : source.getName();
    }

    /** Outermost call first. */
    private static Deque<StackFrame> pythonFrames(PolyglotException failure) {
        var frames = new ArrayDeque<StackFrame>();
        for (StackFrame frame : failure.getPolyglotStackTrace()) {
            if (frame.isGuestFrame() && frame.getSourceLocation() != null) {
                frames.addFirst(frame);
            }
        }
        return frames;
    }
}
