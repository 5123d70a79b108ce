package io.github.pysockets.observe;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

/** What became of a socket, at its end. */
@Name("pysockets.Close")
@Label("Close")
@Description("A socket was closed")
final class CloseEvent extends SocketEvent {
    @Label("Socket")
    @Description("A number that no other socket of the context has")
    long socket;

    @Label("Type")
    String type;

    @Label("Peer")
    String peer;

    @Label("Local Address")
    String local;

    @Label("Accepted")
    boolean accepted;

    @Label("Bytes In")
    @DataAmount
    long bytesIn;

    @Label("Bytes Out")
    @DataAmount
    long bytesOut;

    @Label("Age")
    @Description("How long the socket was open")
    @Timespan(Timespan.NANOSECONDS)
    long age;
}
