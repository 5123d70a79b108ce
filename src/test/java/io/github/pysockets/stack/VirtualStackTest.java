package io.github.pysockets.stack;

import io.github.pysockets.virtual.VirtualNetwork;
import java.util.Set;

/** The contract, on a host of a network in memory. */
class VirtualStackTest extends StackContract {
    static final VirtualNetwork NETWORK =
            VirtualNetwork.builder().host("a", "10.0.0.1", "fd00::1").build();

    @Override
    protected SocketStack stack() {
        return NETWORK.host("a").stack();
    }

    @Override
    protected Set<String> absentConstants() {
        return Set.of("SO_PASSCRED", "SCM_CREDENTIALS");
    }

    @Override
    protected boolean pathsAreFiles() {
        return false;
    }

    @Override
    protected Thread start(Runnable calls) {
        Announcement announcement = NETWORK.announce();
        return Thread.startVirtualThread(() -> {
            announcement.begin();
            try {
                calls.run();
            } finally {
                announcement.end();
            }
        });
    }
}
