package io.github.pysockets.policy;

/**
 * Something that a policy has refused to a script.
 *
 * @param action what the script wanted to do
 * @param target an address with its port, a name, a path, a kind of socket or an option, as a rule would have it
 * @param rule the rule that denies it; null where none allows it
 */
public record Refused(Action action, String target, String rule) {
    /** Such as {@code connect to 10.0.0.1:80}. */
    @Override
    public String toString() {
        return action.phrase() + " " + target;
    }
}
