package io.github.pysockets.policy;

import java.util.List;
import java.util.Set;

/**
 * One rule of a policy.
 *
 * @param number its place in the policy, from 1
 * @param isAllowed whether it allows or denies
 * @param text as it was written
 */
record Rule(int number, boolean isAllowed, Set<Action> actions, List<Target> targets, String text) {
    Rule {
        actions = Set.copyOf(actions);
        targets = List.copyOf(targets);
    }

    /** The rule that comes first, of two that may be null. */
    static Rule first(Rule one, Rule other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.number <= other.number ? one : other;
    }
}
