package io.github.pysockets.observe;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.StackTrace;

/**
 * What all events have. The JVM's stack says nothing of the Python code that runs, so none is recorded.
 */
@Category("PySockets")
@StackTrace(false)
abstract class SocketEvent extends Event {
    @Label("Context")
    @Description("The label that the application gave the Python context")
    String label;

    @Label("Family")
    String family;
}
