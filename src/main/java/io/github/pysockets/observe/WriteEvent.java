package io.github.pysockets.observe;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** As {@link ReadEvent}. */
@Name("pysockets.Write")
@Label("Write")
@Description("A socket sent bytes")
@Enabled(false)
final class WriteEvent extends ConnectionEvent {
    @Label("Bytes")
    @DataAmount
    long bytes;
}
