package io.github.pysockets.policy;

import java.util.Objects;

/**
 * What a policy says to one thing that a script asks for, and why.
 *
 * @param isAllowed whether the script may do it
 * @param request what was asked for, such as {@code connect to db:5432}
 * @param rule the rule that decided, as it was written; null where no rule did
 */
public record Decision(boolean isAllowed, String request, String rule) {
    public Decision {
        Objects.requireNonNull(request, "request");
    }

    /** One sentence. */
    @Override
    public String toString() {
        if (rule != null) {
            return request + (isAllowed ? " is allowed by the rule: " : " is denied by the rule: ") + rule;
        }
        return request + (isAllowed ? " is allowed without a rule" : " is denied: no rule allows it");
    }
}
