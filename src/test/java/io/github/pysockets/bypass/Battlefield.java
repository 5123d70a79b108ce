package io.github.pysockets.bypass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.policy.NetworkPolicy;
import io.github.pysockets.policy.PolicyStack;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Where attacks are tried: victims, and an interpreter whose policy changes. */
public final class Battlefield implements AutoCloseable {
    /** Runs the code of an attack, and says what came of it. */
    @FunctionalInterface
    public interface Interpreter {
        /**
         * @param code defines a function {@code attack}
         * @return {@code refused} for an error with EACCES, {@code stopped} for False, {@code done}, or another error
         */
        String run(String code);
    }

    private record Outcome(String result, int refusals) {}

    private final Evidence evidence = new Evidence();
    private final Victims victims = new Victims();
    private final Helper helper = new Helper(victims.folder.resolve("helper"), victims.port);
    private final StackSwitch stackSwitch = new StackSwitch(new WatchedStack(evidence, () -> {}));

    public Battlefield() throws IOException, StackException {}

    /** The stack for interpreters. */
    public SocketStack stack() {
        return stackSwitch.stack();
    }

    /** Python code that tells an interpreter where the victims are. */
    public String places() {
        return "PORT = %d; FOLDER = '%s'; RELATIVE = '%s'; ABSTRACT = '\\0%s'".formatted(
                victims.port, victims.folder, Path.of("").toAbsolutePath().relativize(victims.folder), victims.prefix);
    }

    /** Tries an attack under the policy that does not allow it and under the one that does. */
    public void judge(Attack attack, Interpreter interpreter) throws StackException {
        boolean neverAllowed = attack.with().contains("free");
        Outcome refused = attempt(attack, attack.refused(), interpreter);
        for (String line : attack.shows()) {
            assertFalse(evidence.has(line), () -> "it got through: " + evidence + ", " + refused);
        }
        if (!neverAllowed) {
            assertTrue(List.of("refused", "stopped").contains(refused.result), refused::toString);
            assertTrue(refused.refusals > 0, "nobody was told");
        }

        Outcome allowed = attempt(attack, neverAllowed ? null : attack.allowed(), interpreter);
        for (String line : attack.shows()) {
            assertTrue(evidence.has(line), () -> "no " + line + ", but " + evidence + ", " + allowed);
        }
        if (attack.shows().isEmpty()) {
            assertEquals("done", allowed.result);
        } else {
            assertFalse(List.of("refused", "stopped").contains(allowed.result), allowed::toString);
        }
    }

    /** @param rules null for no policy */
    private Outcome attempt(Attack attack, List<String> rules, Interpreter interpreter) throws StackException {
        Runnable beforeUse = attack.with().contains("swap") ? victims::swap : () -> {};
        WatchedStack watched = new WatchedStack(evidence, beforeUse);
        attack.names().forEach(watched::name);
        AtomicInteger refusals = new AtomicInteger();
        stackSwitch.to(rules == null
                ? watched
                : new PolicyStack(watched, NetworkPolicy.parse(filled(rules)), _ -> refusals.incrementAndGet()));
        victims.restore();
        victims.collect(evidence);
        evidence.clear();
        String result = interpreter.run(attack.code());
        victims.collect(evidence);
        return new Outcome(result, refusals.get());
    }

    private String filled(List<String> rules) {
        return String.join("\n", rules).replace("{port}", String.valueOf(victims.port))
                .replace("{folder}", victims.folder.toString())
                .replace("{abstract}", victims.prefix);
    }

    @Override
    public void close() throws IOException, StackException {
        helper.close();
        victims.close();
    }
}
