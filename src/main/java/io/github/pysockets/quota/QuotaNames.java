package io.github.pysockets.quota;

import static io.github.pysockets.abi.Netdb.AI_NUMERICHOST;
import static io.github.pysockets.abi.Netdb.EAI_AGAIN;
import static io.github.pysockets.abi.Netdb.NI_NUMERICHOST;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.abi.NumericHost;
import io.github.pysockets.stack.FailureText;
import io.github.pysockets.stack.ForwardingNames;
import io.github.pysockets.stack.NameService;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A name service that counts look-ups of hosts. One that is too early waits, as for a slow server. */
final class QuotaNames extends ForwardingNames {
    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(30);
    /** The clock may not be the system's. */
    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(10);

    private final Quota quota;

    QuotaNames(NameService delegate, Quota quota) {
        super(delegate);
        this.quota = quota;
    }

    /** Counts a look-up, and waits for its time. */
    private void take() throws NameServiceException, StackException {
        if (!quota.lookups().take(1)) {
            FailureText.leave(Errno.EDQUOT, "the limit of " + quota.lookups().limit() + " look-ups in all");
            throw new StackException(Errno.EDQUOT);
        }
        Rate rate = quota.lookupRate();
        if (rate == null) {
            return;
        }
        if (rate.untilOne() > LONGEST_WAIT) {
            quota.lookups().giveBack(1);
            throw new NameServiceException(NameServiceException.Range.EAI, EAI_AGAIN);
        }
        long due = quota.now() + rate.reserve();
        for (long left; (left = due - quota.now()) > 0;) {
            LockSupport.parkNanos(Math.min(left, SLICE));
        }
    }

    private static boolean isNumeric(byte[] host) {
        String text = new String(host, StandardCharsets.ISO_8859_1);
        // An address that is followed by white space and more is none to getaddrinfo(3).
        boolean isWord = text.chars().noneMatch(Character::isWhitespace);
        return isWord && NumericHost.parse(text) != null;
    }

    @Override
    public List<AddressInfo> getaddrinfo(byte[] host, byte[] service, int family, int type, int protocol, int flags)
            throws NameServiceException, StackException {
        if (host != null && (flags & AI_NUMERICHOST) == 0 && !isNumeric(host)) {
            take();
        }
        return super.getaddrinfo(host, service, family, type, protocol, flags);
    }

    @Override
    public HostService getnameinfo(SocketAddress address, int flags) throws NameServiceException, StackException {
        if ((flags & NI_NUMERICHOST) == 0) {
            take();
        }
        return super.getnameinfo(address, flags);
    }

    @Override
    public HostEntry gethostbyname(byte[] name) throws NameServiceException, StackException {
        if (NumericHost.parsePlain(new String(name, StandardCharsets.ISO_8859_1)) == null) {
            take();
        }
        return super.gethostbyname(name);
    }

    @Override
    public HostEntry gethostbyaddr(SocketAddress address) throws NameServiceException, StackException {
        take();
        return super.gethostbyaddr(address);
    }
}
