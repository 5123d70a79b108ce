package io.github.pysockets.stack;

import io.github.pysockets.abi.Errno;

/**
 * What only some stacks can do is an interface of its own, an ability, that a stack or an endpoint may offer beside what all
 * of them can do. Callers ask for it by {@link #ability} and never by {@code instanceof}: a wrapper implements all abilities,
 * and offers those that the wrapped object offers.
 */
public interface HasAbilities {
    /**
     * This object as {@code type}, or the object that a wrapper wraps, if that is one; null where neither is. A stack finds its
     * own endpoints inside of wrappers by asking for their class.
     */
    default <A> A ability(Class<A> type) {
        return type.isInstance(this) ? type.cast(this) : null;
    }

    /**
     * As {@link #ability}, never null.
     *
     * @throws StackException EOPNOTSUPP where there is no such ability
     */
    default <A> A require(Class<A> type) throws StackException {
        A offered = ability(type);
        if (offered == null) {
            throw new StackException(Errno.EOPNOTSUPP);
        }
        return offered;
    }
}
