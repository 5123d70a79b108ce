package io.github.pysockets.cli;

import io.github.pysockets.policy.Action;
import io.github.pysockets.policy.NetworkPolicy;
import io.github.pysockets.policy.Refused;
import io.github.pysockets.quota.Quota;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What {@code --allow-net}, {@code --deny-net} and {@code --net-quota} say, in the order of the command line. */
final class NetworkOptions {
    static final String ALLOW = "--allow-net";
    static final String DENY = "--deny-net";
    static final String QUOTA = "--net-quota";

    /** Addresses and names of all hosts, and all paths. */
    private static final String ALL = "*,unix:*";

    /** A program that tries again and again is not to fill the terminal. */
    private static final int MOST_TOLD = 100;

    private final List<String> allowed = new ArrayList<>();
    private final List<String> denied = new ArrayList<>();
    private Quota quota;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /**
     * Takes an option of the command line.
     *
     * @return whether it is one of these
     * @throws UsageException where its rules or limits are none
     */
    boolean take(String word) throws UsageException {
        int equals = word.indexOf('=');
        String option = equals < 0 ? word : word.substring(0, equals);
        if (option.equals(QUOTA)) {
            quota = limits(equals < 0 ? "" : word.substring(equals + 1));
            return true;
        }
        if (!option.equals(ALLOW) && !option.equals(DENY)) {
            return false;
        }
        if (equals < 0 && option.equals(DENY)) {
            throw new UsageException(DENY + " needs what it denies: " + DENY + "=@private, for example");
        }
        (option.equals(ALLOW) ? allowed : denied).addAll(rules(equals < 0 ? ALL : word.substring(equals + 1)));
        try {
            policy();
        } catch (IllegalArgumentException wrong) {
            throw new UsageException(wrong.getMessage());
        }
        return true;
    }

    private static Quota limits(String text) throws UsageException {
        if (text.isEmpty()) {
            throw new UsageException(QUOTA + " needs limits: " + QUOTA + "=sockets=100,out=10M/s, for example");
        }
        try {
            return Quota.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw new UsageException(QUOTA + ": " + wrong.getMessage());
        }
    }

    /** The limits of what the program uses. Where the option is there twice, the last counts. */
    Optional<Quota> quota() {
        return Optional.ofNullable(quota);
    }

    private static List<String> rules(String text) throws UsageException {
        List<String> rules = new ArrayList<>();
        for (String rule : text.split(";")) {
            if (!rule.isBlank()) {
                rules.add(rule);
            }
        }
        if (rules.isEmpty()) {
            throw new UsageException("an empty list of rules: write " + ALLOW + "=api.example.com:443, for example");
        }
        return rules;
    }

    /** Empty where neither option is given: then the program may do what the process may. */
    Optional<NetworkPolicy> policy() {
        if (allowed.isEmpty() && denied.isEmpty()) {
            return Optional.empty();
        }
        NetworkPolicy.Builder policy = NetworkPolicy.builder();
        denied.forEach(policy::deny);
        (allowed.isEmpty() ? List.of(ALL) : allowed).forEach(policy::allow);
        return Optional.of(policy.build());
    }

    /** Says what was refused and which option would allow it, once for each thing. */
    void tell(Refused refused, PrintStream to) {
        String line = "pysockets: refused: %s (%s)%n".formatted(refused, remedy(refused));
        if (told.size() < MOST_TOLD && told.add(line)) {
            to.print(line);
            to.flush();
        }
    }

    private static String remedy(Refused refused) {
        if (refused.rule() != null) {
            return DENY + "=\"" + refused.rule().replaceFirst("^deny ", "") + "\" denies it";
        }
        String rule = isUsual(refused.action())
                ? refused.target()
                : refused.action().word() + (refused.action() == Action.PROCESS ? "" : " " + refused.target());
        return ALLOW + "=" + (rule.indexOf(' ') < 0 ? rule : "\"" + rule + "\"") + " would allow it";
    }

    /** Whether a rule without actions is about this one. */
    private static boolean isUsual(Action action) {
        return switch (action) {
            case CONNECT, SEND, BIND, LISTEN, LOOKUP, MULTICAST -> true;
            case ACCEPT, SOCKET, OPTION, PROCESS -> false;
        };
    }
}
