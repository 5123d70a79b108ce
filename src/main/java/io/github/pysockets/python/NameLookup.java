package io.github.pysockets.python;

import io.github.pysockets.stack.FailureText;
import io.github.pysockets.stack.NameService;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.StackException;

/**
 * A question to a name service. The service may be slow, and its calls cannot be ended. So it is asked on a thread of
 * the {@link NameQueue}, and the caller can give up. The thread then stays until the service has answered, and the
 * answer is dropped. A service that answers at once is asked by the caller itself.
 */
final class NameLookup<T> implements Runnable {
    private final NameService names;
    private final NameQuery<T> question;
    private Waiter asking;

    private T answer;
    private NameServiceException unanswered;
    private StackException failure;
    /** What the stack has said of the failure; null for nothing. */
    private String failureText;
    private Throwable defect;

    /** Written last: a thread that reads true also sees the rest. */
    private volatile boolean isDone;

    private NameLookup(NameService names, NameQuery<T> question) {
        this.names = names;
        this.question = question;
    }

    /**
     * Asks, and waits for the answer.
     *
     * @throws CallFailure {@link Codes#INTERRUPTED}
     * @throws StackException EBADF once {@code waiting} is closed; otherwise as the service failed
     */
    static <T> T ask(Waiting waiting, NameQueue queue, NameService names, NameQuery<T> question)
            throws CallFailure, NameServiceException, StackException {
        NameLookup<T> asked = new NameLookup<>(names, question);
        if (names.answersAtOnce()) {
            asked.answer();
            return asked.result();
        }
        int code;
        try {
            code = waiting.untilDone(waiter -> asked.begin(waiter, queue), () -> asked.isDone, Deadline.never());
        } finally {
            queue.withdraw(asked);
        }
        if (code == Codes.INTERRUPTED) {
            throw new CallFailure(code);
        }
        if (code < 0) {
            throw new StackException(-code);
        }
        return asked.result();
    }

    private void begin(Waiter waiter, NameQueue queue) {
        asking = waiter;
        queue.add(this);
    }

    @Override
    public void run() {
        try {
            answer();
        } finally {
            isDone = true;
            asking.wake();
        }
    }

    private void answer() {
        try {
            answer = question.ask(names);
        } catch (NameServiceException thrown) {
            unanswered = thrown;
        } catch (StackException thrown) {
            failure = thrown;
            failureText = FailureText.take(thrown.errno());
        } catch (RuntimeException | Error thrown) {
            defect = thrown;
        }
    }

    private T result() throws NameServiceException, StackException {
        if (unanswered != null) {
            throw unanswered;
        }
        if (failure != null) {
            if (failureText != null) {
                FailureText.leave(failure.errno(), failureText);
            }
            throw failure;
        }
        return switch (defect) {
            case null -> answer;
            case Error error -> throw error;
            default -> throw new IllegalStateException("the name service failed unexpectedly", defect);
        };
    }
}
