package io.github.pysockets.observe;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** The duration is that of the system's call, which never waits. There are many, so they are recorded on demand. */
@Name("pysockets.Read")
@Label("Read")
@Description("A socket received bytes, or was found to be at its end")
@Enabled(false)
final class ReadEvent extends ConnectionEvent {
    @Label("Bytes")
    @DataAmount
    long bytes;
}
