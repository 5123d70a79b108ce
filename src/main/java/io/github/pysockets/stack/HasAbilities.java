package io.github.pysockets.stack;

import io.github.pysockets.abi.Errno;

/**
 * An ability is an interface for what only some stacks can do. A stack or an endpoint may offer abilities besides what
 * all of them can do. Callers ask for one by {@link #ability}, never by {@code instanceof}: a wrapper implements all
 * abilities, but offers only those of the wrapped object.
 */
public interface HasAbilities {
    /**
     * Returns this object as {@code type}, or the object that a wrapper wraps if it is one, or null. A stack finds its
     * own endpoints inside wrappers by asking for their class.
     */
    default <A> A ability(Class<A> type) {
        return type.isInstance(this) ? type.cast(this) : null;
    }

    /**
     * As {@link #ability}, but never null.
     *
     * @throws StackException EOPNOTSUPP if there is no such ability
     */
    default <A> A require(Class<A> type) throws StackException {
        A offered = ability(type);
        if (offered == null) {
            throw new StackException(Errno.EOPNOTSUPP);
        }
        return offered;
    }
}
