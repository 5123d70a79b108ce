package io.github.pysockets.python;

import io.github.pysockets.stack.NameService;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.StackException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A question to a name service, which may be slow, and whose calls cannot be ended: asked on a thread of its own, so that who asks can
 * give up. The thread then stays until the service has answered, and the answer is dropped.
 */
final class Asked<T> {
    /** Made with the first question. Threads that nobody has asked anything of for a minute end. */
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("pysockets-names-", 0).factory());

    private T answer;
    private NameServiceException unanswered;
    private StackException failure;
    private Throwable defect;

    /** Written last: who sees it true sees the rest. */
    private volatile boolean isDone;

    private Asked() {}

    /**
     * Asks, and waits for the answer.
     *
     * @throws CallFailure {@link Codes#INTERRUPTED}
     * @throws StackException EBADF once {@code waiting} is closed; otherwise as the service failed
     */
    static <T> T ask(Waiting waiting, NameService names, NameQuestion<T> question)
            throws CallFailure, NameServiceException, StackException {
        Asked<T> asked = new Asked<>();
        int code = waiting.untilDone(waiter -> THREADS.execute(() -> asked.run(names, question, waiter)),
                () -> asked.isDone);
        if (code == Codes.INTERRUPTED) {
            throw new CallFailure(code);
        }
        if (code < 0) {
            throw new StackException(-code);
        }
        return asked.result();
    }

    private void run(NameService names, NameQuestion<T> question, Waiter waiter) {
        try {
            answer = question.ask(names);
        } catch (NameServiceException thrown) {
            unanswered = thrown;
        } catch (StackException thrown) {
            failure = thrown;
        } catch (RuntimeException | Error thrown) {
            defect = thrown;
        } finally {
            isDone = true;
            waiter.wake();
        }
    }

    private T result() throws NameServiceException, StackException {
        if (unanswered != null) {
            throw unanswered;
        }
        if (failure != null) {
            throw failure;
        }
        return switch (defect) {
            case null -> answer;
            case Error error -> throw error;
            default -> throw new IllegalStateException("the name service failed unexpectedly", defect);
        };
    }
}
