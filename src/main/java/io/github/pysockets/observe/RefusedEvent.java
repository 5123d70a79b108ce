package io.github.pysockets.observe;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** As {@link RefusedCall}. */
@Name("pysockets.Refused")
@Label("Refused")
@Description("A rule or a limit of the application refused a call")
final class RefusedEvent extends SocketEvent {
    @Label("Call")
    String call;

    @Label("Target")
    @Description("The address or the name that the call was about")
    String target;

    @Label("Error Number")
    int errno;

    @Label("Reason")
    String reason;
}
