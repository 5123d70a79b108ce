package io.github.pysockets.python;

import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketOptions.SO_DOMAIN;
import static io.github.pysockets.abi.SocketOptions.SO_PROTOCOL;
import static io.github.pysockets.abi.SocketOptions.SO_TYPE;
import static io.github.pysockets.abi.SocketTypes.SOCK_CLOEXEC;
import static io.github.pysockets.abi.SocketTypes.SOCK_NONBLOCK;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.abi.Reach;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.EndpointPair;
import io.github.pysockets.stack.FailureText;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.ServerNameStack;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackClock;
import io.github.pysockets.stack.StackException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/**
 * The sockets of one interpreter. Makes them, owns their descriptors, and closes those that are left when it is closed
 * itself.
 *
 * <p>Descriptors of one runtime are unknown to every other. Thread-safe.
 */
public final class SocketRuntime implements AutoCloseable {
    private final SocketStack stack;
    private final DescriptorTable table;
    private final Waiting waiting;
    private final BlockingCalls calls;
    private final NameQueue nameQueue = new NameQueue();
    private final HostResolver hosts;
    private final DroppedActions dropped;

    private final List<Runnable> closedToo = new CopyOnWriteArrayList<>();

    private volatile long defaultTimeout = WaitLimit.BLOCKING;
    private volatile boolean closed;

    /**
     * @param numbering how the interpreter's {@code os} module numbers descriptors
     * @param foreignAllowed whether Python code may use descriptor numbers that this runtime did not give it
     * @param onInterrupt asked on a waiting thread that was interrupted. Returns whether to wait on; if not, the call
     *     ends with {@link Codes#INTERRUPTED}
     * @param search when the collector looks for what Python code has dropped
     */
    public SocketRuntime(
            SocketStack stack,
            Numbering numbering,
            boolean foreignAllowed,
            BooleanSupplier onInterrupt,
            SearchRule search) {
        this.stack = stack;
        waiting = new Waiting(stack, onInterrupt);
        calls = new BlockingCalls(waiting);
        table = new DescriptorTable(stack, numbering, foreignAllowed, new Lingering(waiting));
        hosts = new HostResolver(this);
        dropped = new DroppedActions(waiting, search);
        DroppedSearch.begin(waiting, search);
    }

    public SocketStack stack() {
        return stack;
    }

    /** The clock that all waits go by. */
    StackClock clock() {
        return waiting.clock();
    }

    DescriptorTable table() {
        return table;
    }

    Waiting waiting() {
        return waiting;
    }

    /** What is left to do in Python for objects that were dropped. */
    public DroppedActions dropped() {
        return dropped;
    }

    BlockingCalls calls() {
        return calls;
    }

    /** Sets the timeout of new sockets, in nanoseconds; negative for none. */
    public void setDefaultTimeout(long nanos) {
        defaultTimeout = nanos < 0 ? WaitLimit.BLOCKING : nanos;
    }

    /** Sets how the interpreter is told of threads that wait. Before the first script. */
    public void setBlocking(Blocking told) {
        waiting.tell(told);
    }

    /** Makes a socket: socket(2). */
    public PySocket open(int family, int type, int protocol) throws StackException {
        requireOpen();
        Descriptor descriptor =
                table.add(DescriptorShortage.make(() -> stack.socket(family, type, protocol)), Holder.OBJECT);
        return fresh(descriptor, family, type, protocol);
    }

    /** Makes two connected sockets: socketpair(2). */
    public List<PySocket> openPair(int family, int type, int protocol) throws StackException {
        requireOpen();
        EndpointPair pair = DescriptorShortage.make(() -> stack.socketpair(family, type, protocol));
        Descriptor first = table.add(pair.first(), Holder.OBJECT);
        Descriptor second = table.add(pair.second(), Holder.OBJECT);
        PySocket other = null;
        try {
            PySocket one = fresh(first, family, type, protocol);
            other = fresh(second, family, type, protocol);
            return List.of(one, other);
        } finally {
            if (other == null) {
                first.closeSoon();
                second.closeSoon();
            }
        }
    }

    /** Makes a socket object for a descriptor that nobody else holds. Closes the descriptor where that fails. */
    private PySocket fresh(Descriptor descriptor, int family, int type, int protocol) throws StackException {
        PySocket made = null;
        try {
            made = make(descriptor, family, type, protocol);
            return made;
        } finally {
            if (made == null) {
                descriptor.closeSoon();
            }
        }
    }

    private PySocket make(Descriptor descriptor, int family, int type, int protocol) throws StackException {
        int kind = type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC);
        PySocket made = new PySocket(this, descriptor, family, kind, protocol);
        if ((type & SOCK_NONBLOCK) != 0) {
            made.assumeTimeout(0);
        } else if (defaultTimeout >= 0) {
            made.setTimeout(defaultTimeout);
        }
        return made;
    }

    /** Makes a socket that was never opened. Every call on it fails with EBADF. */
    public PySocket unopened() {
        return new PySocket(this, null, -1, -1, -1);
    }

    /**
     * Makes a socket object for an existing descriptor.
     *
     * @param family -1 to ask the descriptor; likewise {@code type} and {@code protocol}
     * @throws CallFailure where this interpreter may not use the number
     * @throws StackException ENOTSOCK where it is not a socket
     */
    public PySocket adopt(int number, int family, int type, int protocol) throws CallFailure, StackException {
        requireOpen();
        Descriptor descriptor = table.require(number, Scope.USABLE);
        int actualFamily = family == -1 ? ask(descriptor, SO_DOMAIN) : family;
        // SO_TYPE distinguishes a socket from another descriptor. It is not asked where the descriptor is known to be a
        // socket: socket.py has just got that from accept, dup or detach, and would lose it if the question failed.
        int actualType = type != -1 && descriptor.isSocket() ? type : ask(descriptor, SO_TYPE);
        int actualProtocol = protocol == -1 ? ask(descriptor, SO_PROTOCOL) : protocol;
        return fresh(table.hold(descriptor), actualFamily, type == -1 ? actualType : type, actualProtocol);
    }

    /** Makes a socket object for a connection that a listener has just accepted. Closes it where that fails. */
    PySocket adoptAccepted(Endpoint endpoint, PySocket listener) throws StackException {
        Descriptor added = table.add(endpoint, Holder.OBJECT);
        return fresh(added, listener.family(), listener.type(), listener.protocol());
    }

    private static int ask(Descriptor descriptor, int option) throws StackException {
        return descriptor.endpoint().getOption(SOL_SOCKET, option);
    }

    /** Closes a descriptor whose number the script has not seen. */
    public void drop(int number) {
        Descriptor descriptor = table.find(number, Scope.OWN);
        if (descriptor != null) {
            descriptor.closeSoon();
        }
    }

    /**
     * The script's number for the process's descriptor {@code processNumber}.
     *
     * @throws IllegalArgumentException where it is negative
     */
    public int scriptNumber(int processNumber) {
        if (processNumber < 0) {
            throw new IllegalArgumentException("A descriptor number is not negative: " + processNumber);
        }
        return table.scriptNumber(processNumber);
    }

    /** The lowest number that a socket can have: 0 where the interpreter's {@code os} module has the same numbers. */
    public int lowestNumber() {
        return table.lowestNumber();
    }

    /** Whether scripts may use any descriptor of the process. */
    public boolean isTrusted() {
        return table.isTrusted();
    }

    /** Whether scripts may use any descriptor of the process, and the stack has those. */
    public boolean reachesProcess() {
        return table.isTrusted() && table.hasProcessDescriptors();
    }

    // Hosts

    /** The address of an IPv4 host. May wait for a name service. Each char of {@code host} is a byte. */
    SockaddrIn inet(String host, int port) throws CallFailure, NameServiceException, StackException {
        return hosts.inet(host, port);
    }

    /** The address of an IPv6 host. */
    SockaddrIn6 inet6(String host, int port, int flowInfo, int scopeId)
            throws CallFailure, NameServiceException, StackException {
        return hosts.inet6(host, port, flowInfo, scopeId);
    }

    /** The address of a host of either family, with port 0. */
    SocketAddress host(String host) throws CallFailure, NameServiceException, StackException {
        return hosts.any(host);
    }

    /**
     * Asks the stack's name service and returns its answer. A slow service does not hold the caller: an interrupt ends
     * the call, and so does closing this runtime.
     */
    <T> T ask(NameQuery<T> question) throws CallFailure, NameServiceException, StackException {
        return NameLookup.ask(waiting, nameQueue, stack.names(), question);
    }

    /**
     * Asks whether a TLS client may call a server by a name.
     *
     * @param endpoint the connected socket; null where the bytes of the connection pass through memory
     * @return 0, or a negated errno
     */
    int checkServerName(Endpoint endpoint, String name) {
        ServerNameStack names = stack.ability(ServerNameStack.class);
        return names == null ? 0 : names.checkServerName(endpoint, name);
    }

    /**
     * As above, for bytes that pass through memory.
     *
     * @throws StackException where it may not
     */
    public void requireServerName(String name) throws StackException {
        int checked = name == null ? 0 : checkServerName(null, name);
        if (checked < 0) {
            throw new StackException(-checked);
        }
    }

    /** Sets the host's name. Only scripts that are trusted with the process may do this. */
    public void setHostName(byte[] name) throws CallFailure, StackException {
        Trust.require(table, Reach.PROCESS);
        stack.setHostName(name);
    }

    /**
     * The text for a code that is an errno or comes from a name service. For an errno it includes what the stack said
     * of the calling thread's last failure: {@link FailureText}.
     */
    public String errorText(int code) {
        if (code >= Codes.LOWEST_ERRNO) {
            String more = FailureText.take(-code);
            return more == null ? stack.errorText(-code) : stack.errorText(-code) + ": " + more;
        }
        return code <= Codes.HOST_ERROR
                ? stack.names().errorText(NameServiceException.Range.H_ERRNO, Codes.HOST_ERROR - code)
                : stack.names().errorText(NameServiceException.Range.EAI, code - Codes.GAI_ERROR);
    }

    /**
     * Ends a thread's wait as {@link Thread#interrupt} does, if it waits in a call on this runtime, and only then.
     *
     * @return whether it waits
     */
    public boolean interruptWait(Thread thread) {
        return waiting.interrupt(thread);
    }

    /** As above, but asks {@code handler} in place of the usual one whether to wait on. */
    public boolean interruptWait(Thread thread, BooleanSupplier handler) {
        return waiting.interrupt(thread, handler);
    }

    /**
     * Sends one byte on a socket of this runtime without waiting.
     *
     * @param number the script's number for the socket
     * @return 0, or the errno: EBADF where it is none of this runtime's
     */
    public int sendNow(int number, byte value) {
        Descriptor descriptor = table.find(number, Scope.OWN);
        try {
            int sent = descriptor == null
                    ? -Errno.EBADF
                    : descriptor.use(endpoint -> endpoint.send(new byte[] {value}, 0, 1, 0));
            return Math.max(0, -sent);
        } catch (StackException closed) {
            return closed.errno();
        }
    }

    /** Makes the calling thread's next wait end as interrupted, if it comes soon. */
    public void interruptNext() {
        waiting.interruptNext();
    }

    // Waiting for many

    /** Makes an epoll object. */
    public PyEpoll openEpoll(int flags) throws StackException {
        requireOpen();
        return PyEpoll.open(this, flags);
    }

    /**
     * Makes an epoll object for an existing descriptor.
     *
     * @throws CallFailure where this interpreter may not use the number
     */
    public PyEpoll adoptEpoll(int number) throws CallFailure, StackException {
        requireOpen();
        return PyEpoll.adopt(this, table.require(number, Scope.USABLE));
    }

    /** Registers something else to close with this runtime. */
    public void closeToo(Runnable close) {
        closedToo.add(close);
    }

    void requireOpen() throws StackException {
        if (closed) {
            throw new StackException(Errno.EBADF);
        }
    }

    /**
     * Closes every socket. Waiting calls end with EBADF, and no new socket can be made. Returns within 100 ms: a socket
     * that a call still uses by then is closed when the call ends.
     */
    @Override
    public void close() {
        closed = true;
        DroppedSearch.end(waiting);
        dropped.close();
        waiting.refuse();
        // A stack's own clock would not wait for another thread.
        Closing.run(waiting.hasOwnClock(), (end, closer) -> {
            // First, so that a wait for many reports this, and not a closed descriptor.
            waiting.close();
            table.close(end, closer);
            closedToo.forEach(Runnable::run);
        });
    }
}
