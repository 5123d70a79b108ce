package io.github.pysockets.cases;

import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.SourceSection;

/** Where in Python code an exception came from. */
public final class GuestFrames {
    private GuestFrames() {}

    /** A line for each Python frame, innermost first. */
    public static String of(PolyglotException failure) {
        return StreamSupport.stream(failure.getPolyglotStackTrace().spliterator(), false)
                .filter(frame -> frame.isGuestFrame() && frame.getSourceLocation() != null)
                .map(frame -> line(frame.getSourceLocation(), frame.getRootName()))
                .collect(Collectors.joining("\n"));
    }

    private static String line(SourceSection place, String function) {
        return "  %s, line %d, in %s".formatted(place.getSource().getName(), place.getStartLine(), function);
    }
}
