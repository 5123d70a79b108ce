package io.github.pysockets.observe;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** As {@link HostLookUp}. */
@Name("pysockets.NameLookup")
@Label("Name Lookup")
@Description("The name service was asked about a host")
final class NameLookupEvent extends SocketEvent {
    @Label("Call")
    String call;

    @Label("Name")
    String name;

    @Label("Answers")
    int answers;

    @Label("Failure")
    String failure;
}
