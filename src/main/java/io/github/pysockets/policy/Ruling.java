package io.github.pysockets.policy;

/**
 * What the rules say.
 *
 * @param rule the rule that decided; null where no rule did
 */
record Ruling(boolean isAllowed, Rule rule) {
    static final Ruling FREE = new Ruling(true, null);
    static final Ruling UNMENTIONED = new Ruling(false, null);

    Decision of(String request) {
        return new Decision(isAllowed, request, rule == null ? null : rule.text());
    }
}
