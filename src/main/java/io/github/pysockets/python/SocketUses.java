package io.github.pysockets.python;

import io.github.pysockets.stack.StackException;
import java.lang.ref.WeakReference;

/**
 * The users of one socket in an interpreter whose Python code counts on reference counts: objects and files that share
 * it. The socket is closed when the last of them gives it up, or was dropped. Thread-safe.
 */
public final class SocketUses {
    private final PySocket socket;
    private final WeakReference<Object> owner;
    private int count;

    /** @param owner what Python code has of the socket: while it keeps that, a dropped user does not close it */
    public SocketUses(PySocket socket, Object owner) {
        this.socket = socket;
        this.owner = new WeakReference<>(owner);
    }

    /** What a dropped user has still to send. */
    public interface LastWords {
        /** Whether there is anything. */
        boolean any();

        /** Sends it, which may wait. Throws nothing. */
        void send();
    }

    /**
     * Adds a user, who keeps the returned object and nobody else does.
     *
     * @param lastWords sent where the user is dropped, by a thread of its own; null for none
     */
    public Use add(LastWords lastWords) {
        Share share = new Share(this, lastWords);
        synchronized (this) {
            count++;
        }
        Use use = new Use(share);
        use.followed = Cleanup.droppable(use, share);
        return use;
    }

    private synchronized boolean isLast() {
        return --count == 0;
    }

    private void endDropped() {
        if (!isLast()) {
            return;
        }
        Object kept = owner.get();
        if (kept == null) {
            socket.holding().run();
        } else {
            // A method of the socket may have outlived its users. The socket then closes when it is dropped itself:
            // followed anew, so that the collector looks for it soon.
            Cleanup.droppable(kept, new Owned(socket.holding()));
        }
    }

    /** What is left to close when the owner is dropped. */
    private record Owned(SocketHandle holding) implements Cleanup.Droppable {
        @Override
        public boolean isInUse() {
            return holding.isInUse();
        }

        @Override
        public void run() {
            holding.run();
        }
    }

    /** What a user has of the socket. */
    public static final class Use {
        private final Share share;
        private Cleanup.Followed followed;

        private Use(Share share) {
            this.share = share;
        }

        /**
         * Gives it up; once more does nothing.
         *
         * @throws CallFailure as {@link PySocket#close}, where it was the last
         */
        public void giveUp() throws CallFailure, StackException {
            followed.forget();
            if (share.end() && share.uses.isLast()) {
                share.uses.socket.close();
            }
        }
    }

    /** Does not refer to the {@link Use}, which it outlives. */
    private static final class Share implements Cleanup.Droppable {
        private final SocketUses uses;
        private final LastWords lastWords;
        private boolean ended;

        Share(SocketUses uses, LastWords lastWords) {
            this.uses = uses;
            this.lastWords = lastWords;
        }

        /** Ends it; false where it has ended already. */
        synchronized boolean end() {
            boolean first = !ended;
            ended = true;
            return first;
        }

        @Override
        public boolean isInUse() {
            return uses.socket.holding().isInUse();
        }

        @Override
        public void run() {
            if (!end()) {
                return;
            }
            if (lastWords == null || !lastWords.any()) {
                uses.endDropped();
                return;
            }
            Thread.ofPlatform()
                    .daemon()
                    .name("pysockets-last-words")
                    .inheritInheritableThreadLocals(false)
                    .start(() -> {
                        try {
                            lastWords.send();
                        } finally {
                            uses.endDropped();
                        }
                    });
        }
    }
}
