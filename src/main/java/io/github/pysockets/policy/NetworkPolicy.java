package io.github.pysockets.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a script may reach: rules that allow or deny. What denies comes before what allows; of each, the first rule
 * decides. What no rule is about is denied. Immutable.
 *
 * <pre>{@code
 * NetworkPolicy policy = NetworkPolicy.parse("""
 *         allow connect api.example.com:443
 *         allow 127.0.0.1:8000-8100
 *         deny @private
 *         """);
 * PySockets sockets = PySockets.builder().policy(policy).install(context);
 * }</pre>
 *
 * <p>A rule is {@code allow} or {@code deny}, the actions that it is about, words of {@link Action} with commas between
 * them, and its targets. Without actions it is about connect, send, bind, listen, lookup and multicast. Targets are:
 *
 * <ul>
 *   <li>hosts: {@code api.example.com}, {@code *.example.com}, {@code 10.1.2.3}, {@code 10.0.0.0/8}, {@code [::1]},
 *       {@code *} for all, or a group: {@code @loopback}, {@code @private}, {@code @linklocal}, {@code @metadata},
 *       {@code @multicast}, {@code @broadcast}, {@code @reserved}, {@code @public}; each with a port behind a colon,
 *       {@code :443} or {@code :8000-8100}, or without, for all ports;
 *   <li>AF_UNIX: {@code unix:/run/app.sock}, {@code unix:/run/app/} for all in a folder, {@code unix:@name} and
 *       {@code unix:@app*} for the abstract namespace, {@code unix:*} for all;
 *   <li>of {@code socket}: a family, a type, or both: {@code netlink}, {@code raw}, {@code inet/raw};
 *   <li>of {@code option}: a name such as {@code SO_BROADCAST}, or {@code *};
 *   <li>of {@code process}: none.
 * </ul>
 *
 * <p>A rule about the name of a host allows the addresses that the name service has given the script for that name, for
 * as long as {@link Builder#keepNames} says.
 */
public final class NetworkPolicy {
    private final List<Rule> list;
    private final Rules rules;
    private final Duration namesKept;

    private NetworkPolicy(Builder builder) {
        list = List.copyOf(builder.list);
        rules = new Rules(list);
        namesKept = builder.namesKept;
    }

    /** Makes a policy of rules, one to a line or semicolon; what follows {@code #} on a line is ignored. */
    public static NetworkPolicy parse(String text) {
        Builder builder = builder();
        Objects.requireNonNull(text, "text").lines().forEach(line -> {
            for (String rule : line.replaceFirst("#.*", "").split(";")) {
                if (!rule.isBlank()) {
                    builder.rule(rule);
                }
            }
        });
        return builder.build();
    }

    /** A builder without rules. */
    public static Builder builder() {
        return new Builder();
    }

    /** Nothing at all: sockets can be made, and lead nowhere. */
    public static NetworkPolicy nothing() {
        return builder().build();
    }

    /** This host by its loopback addresses: to connect, send, listen and accept. */
    public static NetworkPolicy loopbackOnly() {
        return parse("""
                allow localhost,@loopback
                allow accept @loopback
                """);
    }

    /**
     * To connect and send to public addresses, and to ask for all names: no private, loopback, link-local, multicast or
     * reserved address, and none where a cloud tells a machine its secrets. That is what stops server-side request
     * forgery (SSRF).
     */
    public static NetworkPolicy publicInternetOnly() {
        return parse("deny connect,send " + AddressGroups.SPECIAL + """

                allow connect,send @public
                allow lookup *
                """);
    }

    /** All that is possible without a policy. */
    public static NetworkPolicy everything() {
        return parse("allow everything");
    }

    /**
     * What the policy says to a request, and which rule decides.
     *
     * @param action the word of an {@link Action}
     * @param target such as {@code db:5432}, {@code 10.0.0.1:80}, {@code unix:/run/app.sock}, {@code netlink},
     *     {@code SO_BROADCAST}. A name is judged by the rules about names; its addresses are judged again when the
     *     script uses them
     * @throws IllegalArgumentException where there is no such action, or the target is more than one
     */
    public Decision explain(String action, String target) {
        Action asked = Action.of(action).orElseThrow(() -> new IllegalArgumentException(
                "There is no action \"%s\"; write connect, send, bind, listen, accept or lookup, for example."
                        .formatted(action)));
        return Explanation.of(rules, asked, target);
    }

    Rules rules() {
        return rules;
    }

    Duration namesKept() {
        return namesKept;
    }

    /** The rules, one to a line. */
    @Override
    public String toString() {
        return String.join("\n", list.stream().map(Rule::text).toList());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NetworkPolicy that && list.equals(that.list) && namesKept.equals(that.namesKept);
    }

    @Override
    public int hashCode() {
        return list.hashCode();
    }

    /** Makes policies. */
    public static final class Builder {
        private static final Duration NAMES_KEPT = Duration.ofMinutes(5);

        private final List<Rule> list = new ArrayList<>();
        private Duration namesKept = NAMES_KEPT;

        private Builder() {}

        /**
         * Adds a rule.
         *
         * @throws IllegalArgumentException where the text is none; the message says what would be one
         */
        public Builder rule(String text) {
            list.add(RuleParser.rule(Objects.requireNonNull(text, "text"), list.size() + 1));
            return this;
        }

        /** Adds a rule that allows: {@code allow} with what follows it. */
        public Builder allow(String text) {
            return rule("allow " + Objects.requireNonNull(text, "text"));
        }

        /** Adds a rule that denies: {@code deny} with what follows it. */
        public Builder deny(String text) {
            return rule("deny " + Objects.requireNonNull(text, "text"));
        }

        /** Adds the rules of another policy. */
        public Builder rules(NetworkPolicy policy) {
            policy.list.forEach(rule -> rule(rule.text()));
            return this;
        }

        /**
         * Sets how long an address belongs to the name for which the name service gave it: five minutes, unless set.
         * The script asks again after that, as programs do that follow changes of a name.
         */
        public Builder keepNames(Duration time) {
            if (time.isNegative() || time.isZero()) {
                throw new IllegalArgumentException("A name is kept for a time above zero, not for " + time + ".");
            }
            namesKept = time;
            return this;
        }

        public NetworkPolicy build() {
            return new NetworkPolicy(this);
        }
    }
}
