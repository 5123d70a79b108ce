package io.github.pysockets.virtual;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Runs what tests do on hosts, and passes on what goes wrong there. */
final class Programs {
    /** The calls of one host. Each may wait for an hour of the network's time. */
    interface Program {
        void run(Caller caller) throws Exception;
    }

    /** A program and its host. */
    record On(String host, Program program) {}

    private Programs() {}

    static On on(String host, Program program) {
        return new On(host, program);
    }

    static void run(VirtualNetwork network, On... programs) throws InterruptedException {
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        Runnable[] bodies = new Runnable[programs.length];
        for (int i = 0; i < programs.length; i++) {
            On each = programs[i];
            bodies[i] = () -> {
                try (Caller caller = new Caller(network.host(each.host)).within(Duration.ofHours(1))) {
                    each.program.run(caller);
                } catch (Throwable failure) {
                    failures.add(new AssertionError("on host " + each.host, failure));
                }
            };
        }
        network.run(bodies);
        if (!failures.isEmpty()) {
            AssertionError first = new AssertionError(failures.getFirst());
            failures.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }

    /** Two hosts, a with the address 10.0.0.1 and b with 10.0.0.2, and a link between them. */
    static VirtualNetwork.Builder two(Link link) {
        return VirtualNetwork.builder().seed(1).host("a", "10.0.0.1", "fd00::1").host("b", "10.0.0.2", "fd00::2")
                .link("a", "b", link);
    }
}
