package io.github.pysockets.observe;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A moment: accept never waits. */
@Name("pysockets.Accept")
@Label("Accept")
@Description("A connection was accepted")
final class AcceptEvent extends ConnectionEvent {
    @Label("Local Address")
    String local;
}
