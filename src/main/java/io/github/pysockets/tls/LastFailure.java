package io.github.pysockets.tls;

import io.github.pysockets.tls.cert.OpenSslException;

/**
 * What {@link TlsCodes#FAILED} stands for, kept for each thread until its Python code asks: a number cannot carry the
 * words of a failure. It does what OpenSSL's error queue does for C: ERR_get_error(3).
 */
public final class LastFailure {
    private final ThreadLocal<OpenSslException> kept = new ThreadLocal<>();

    /**
     * A call with a result.
     *
     * @param <X> what else it throws
     */
    @FunctionalInterface
    public interface Call<X extends Exception> {
        Object run() throws OpenSslException, X;
    }

    /**
     * A call without a result.
     *
     * @param <X> what else it throws
     */
    @FunctionalInterface
    public interface Action<X extends Exception> {
        void run() throws OpenSslException, X;
    }

    /** The call's result, or {@link TlsCodes#FAILED}. */
    public <X extends Exception> Object value(Call<X> call) throws X {
        try {
            return call.run();
        } catch (OpenSslException failure) {
            return keep(failure);
        }
    }

    /** 0, or {@link TlsCodes#FAILED}. */
    public <X extends Exception> int action(Action<X> action) throws X {
        try {
            action.run();
            return 0;
        } catch (OpenSslException failure) {
            return keep(failure);
        }
    }

    /** The result that a call of the connection gave. */
    public int result(TlsStream stream, int result) {
        return result == TlsCodes.FAILED ? keep(stream.connection().failure()) : result;
    }

    private int keep(OpenSslException failure) {
        kept.set(failure);
        return TlsCodes.FAILED;
    }

    /** The thread's last failure, which is then forgotten; null where there is none. */
    public OpenSslException take() {
        OpenSslException failure = kept.get();
        kept.remove();
        return failure;
    }
}
