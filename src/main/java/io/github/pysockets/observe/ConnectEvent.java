package io.github.pysockets.observe;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** From the call of connect to the moment at which the script learned of the outcome. */
@Name("pysockets.Connect")
@Label("Connect")
@Description("A socket was connected, or could not be")
final class ConnectEvent extends ConnectionEvent {
    @Label("Error Number")
    @Description("The errno; 0 for success, and where the socket was closed before there was an outcome")
    int errno;

    @Label("Failure")
    String failure;
}
