package io.github.pysockets.observe;

import jdk.jfr.Description;
import jdk.jfr.Label;

/** What events of one socket have. */
abstract class ConnectionEvent extends SocketEvent {
    @Label("Socket")
    @Description("A number that no other socket of the context has")
    long socket;

    @Label("Type")
    String type;

    @Label("Peer")
    String peer;

    void describe(String newLabel, SocketRecord record, String newPeer) {
        label = newLabel;
        family = SocketText.family(record.family());
        type = SocketText.type(record.type());
        socket = record.id();
        peer = newPeer;
    }
}
