package io.github.pysockets.proxy;

import static io.github.pysockets.abi.EpollFlags.EPOLL_CTL_DEL;
import static io.github.pysockets.abi.EpollFlags.EPOLL_CTL_MOD;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.Epoll;
import io.github.pysockets.stack.ForwardingEpoll;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;

/**
 * An epoll set that waits for the proxy where a member is on its way through one, and moves its handshake on. Meanwhile
 * the kernel watches for what the handshake wants, and not for what the script wants.
 */
final class ProxyEpoll extends ForwardingEpoll {
    /** A member that may be on its way. Weak: the kernel forgets a descriptor that is closed, too. */
    private record Member(WeakReference<Endpoint> target, int events, boolean isMasked) {}

    /** Of the TCP sockets among the members, by the caller's number. */
    private final Map<Integer, Member> members = new HashMap<>();

    ProxyEpoll(Epoll delegate, Endpoint endpoint) {
        super(delegate, endpoint);
    }

    @Override
    public synchronized int control(int operation, Endpoint target, int events, int data) {
        if (operation == EPOLL_CTL_DEL || target.ability(ProxyEndpoint.class) == null) {
            members.remove(data);
            return super.control(operation, target, events, data);
        }
        ProxyEndpoint onTheWay = ProxyEndpoint.underWay(target);
        int result = super.control(operation, target, onTheWay == null ? events : onTheWay.wants(), data);
        if (result == 0) {
            members.put(data, new Member(new WeakReference<>(target), events, onTheWay != null));
        }
        return result;
    }

    @Override
    public int ready(int[] data, int[] events, int most) {
        for (;;) {
            int found = super.ready(data, events, most);
            int kept = found <= 0 ? found : withoutThoseOnTheWay(data, events, found);
            // What is on its way may have been in front of what is ready.
            if (kept != 0 || found <= 0) {
                return kept;
            }
        }
    }

    private synchronized int withoutThoseOnTheWay(int[] data, int[] events, int found) {
        int kept = 0;
        for (int i = 0; i < found; i++) {
            Member member = members.get(data[i]);
            Endpoint target = member == null ? null : member.target.get();
            if (target == null || isThrough(member, target, data[i])) {
                data[kept] = data[i];
                events[kept] = events[i];
                kept++;
            }
        }
        return kept;
    }

    /** Whether what the kernel reports is for the script. If not, the kernel watches for the next thing from now on. */
    private boolean isThrough(Member member, Endpoint target, int data) {
        ProxyEndpoint onTheWay = ProxyEndpoint.underWay(target);
        boolean isOpen = onTheWay != null && onTheWay.advance() == -Errno.EAGAIN;
        if (!isOpen && !member.isMasked) {
            return true;
        }
        int watched = isOpen ? onTheWay.wants() : member.events;
        super.control(EPOLL_CTL_MOD, target, watched, data);
        members.put(data, new Member(member.target, member.events, isOpen));
        return false;
    }
}
