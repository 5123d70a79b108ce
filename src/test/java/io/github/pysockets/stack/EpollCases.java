package io.github.pysockets.stack;

import static io.github.pysockets.abi.EpollFlags.EPOLL_CTL_ADD;
import static io.github.pysockets.abi.EpollFlags.EPOLL_CTL_DEL;
import static io.github.pysockets.abi.EpollFlags.EPOLL_CTL_MOD;
import static io.github.pysockets.abi.PollEvents.POLLIN;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.abi.Errno;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sets of descriptors: what is put into them, what they tell, and how often. */
abstract class EpollCases extends StackCase {
    private static final int ENOENT = 2;
    private static final int EEXIST = 17;
    private static final int MANY = 40;

    private final Set<Endpoint> sets = new HashSet<>();
    private Epoll epoll;
    private int in;
    private int out;

    @BeforeEach
    void open() throws StackException {
        epoll = newSet();
        in = number("EPOLLIN");
        out = number("EPOLLOUT");
    }

    @AfterEach
    void closeSets() throws StackException {
        for (Endpoint set : sets) {
            set.close();
        }
    }

    private Epoll newSet() throws StackException {
        Epoll set = epolls().newEpoll(0);
        sets.add(set.endpoint());
        return set;
    }

    /** The numbers of the members are what a set tells of. */
    private static int control(Epoll set, int operation, Endpoint target, int events) {
        return set.control(operation, target, events, asDescriptor(target).descriptor());
    }

    private static void add(Epoll set, Endpoint endpoint, int events) {
        assertEquals(0, control(set, EPOLL_CTL_ADD, endpoint, events));
    }

    private static void modify(Epoll set, Endpoint endpoint, int events) {
        assertEquals(0, control(set, EPOLL_CTL_MOD, endpoint, events));
    }

    /** What is ready in a set, and for what, by descriptor. */
    private static Map<Integer, Integer> ready(Epoll set) {
        int[] descriptors = new int[2 * MANY];
        int[] events = new int[2 * MANY];
        int count = set.ready(descriptors, events, 2 * MANY);
        assertTrue(count >= 0, () -> "a count, not " + count);
        Map<Integer, Integer> found = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            assertEquals(null, found.put(descriptors[i], events[i]), "each is told of once");
        }
        return found;
    }

    private static Map<Integer, Integer> only(Endpoint endpoint, int events) {
        return Map.of(asDescriptor(endpoint).descriptor(), events);
    }

    @Test
    void emptySetHasNothingReady() {
        assertEquals(Map.of(), ready(epoll));
    }

    @Test
    void levelIsToldAsLongAsItLasts() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        add(epoll, pair.second(), in);

        assertEquals(Map.of(), ready(epoll));
        send(pair.first(), "xy");
        assertEquals(only(pair.second(), in), ready(epoll));
        assertEquals(1, pair.second().recv(new byte[1], 0, 1, 0));
        assertEquals(only(pair.second(), in), ready(epoll));
        assertEquals(1, pair.second().recv(new byte[1], 0, 1, 0));
        assertEquals(Map.of(), ready(epoll));
    }

    @Test
    void edgeIsToldOnce() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        add(epoll, pair.second(), in | number("EPOLLET"));

        send(pair.first(), "x");
        assertEquals(only(pair.second(), in), ready(epoll));
        assertEquals(Map.of(), ready(epoll));

        send(pair.first(), "y");
        assertEquals(only(pair.second(), in), ready(epoll), "more data is a further edge");
        assertEquals(Map.of(), ready(epoll));
    }

    @Test
    void oneShotIsToldOnceUntilItIsArmedAgain() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        int once = in | number("EPOLLONESHOT");
        add(epoll, pair.second(), once);

        send(pair.first(), "x");
        assertEquals(only(pair.second(), in), ready(epoll));
        send(pair.first(), "y");
        assertEquals(Map.of(), ready(epoll));

        modify(epoll, pair.second(), once);
        assertEquals(only(pair.second(), in), ready(epoll));
        assertEquals(Map.of(), ready(epoll));
    }

    @Test
    void endOfThePeersSendingIsToldWhereAskedFor() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        int half = number("EPOLLRDHUP");
        add(epoll, pair.second(), in | half);
        assertEquals(Map.of(), ready(epoll));

        pair.first().shutdown(number("SHUT_WR"));

        assertEquals(only(pair.second(), in | half), ready(epoll));
        modify(epoll, pair.second(), in);
        assertEquals(only(pair.second(), in), ready(epoll));
    }

    @Test
    void hangUpIsToldUnasked() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        add(epoll, pair.second(), 0);
        assertEquals(Map.of(), ready(epoll));

        close(pair.first());

        assertEquals(only(pair.second(), number("EPOLLHUP")), ready(epoll));
    }

    @Test
    void eventsAreThoseOfTheLastChange() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        add(epoll, pair.first(), in | out);
        assertEquals(only(pair.first(), out), ready(epoll));

        modify(epoll, pair.first(), in);
        assertEquals(Map.of(), ready(epoll));

        modify(epoll, pair.first(), out);
        assertEquals(only(pair.first(), out), ready(epoll));

        assertEquals(0, control(epoll, EPOLL_CTL_DEL, pair.first(), 0));
        assertEquals(Map.of(), ready(epoll));
        add(epoll, pair.first(), out);
        assertEquals(only(pair.first(), out), ready(epoll));
    }

    @Test
    void changesThatMakeNoSenseAreRefused() throws StackException {
        Endpoint member = pair("SOCK_STREAM").first();
        Endpoint stranger = pair("SOCK_STREAM").first();
        add(epoll, member, in);

        assertEquals(-EEXIST, control(epoll, EPOLL_CTL_ADD, member, in));
        assertEquals(-ENOENT, control(epoll, EPOLL_CTL_MOD, stranger, in));
        assertEquals(-ENOENT, control(epoll, EPOLL_CTL_DEL, stranger, 0));
        assertEquals(-Errno.EBADF, epoll.control(EPOLL_CTL_ADD, descriptors().endpoint(-1), in, -1));
        assertEquals(-Errno.EINVAL, control(epoll, 99, member, in));
        assertEquals(-Errno.EINVAL, control(epoll, EPOLL_CTL_ADD, epoll.endpoint(), in), "itself");
    }

    @Test
    void numberThatIsNotOpenIsRefused() throws StackException {
        Endpoint gone = stack().socket(number("AF_INET"), number("SOCK_STREAM"), 0);
        gone.close();

        assertEquals(-Errno.EBADF, control(epoll, EPOLL_CTL_ADD, gone, in));
        assertEquals(-Errno.EBADF, control(epoll, EPOLL_CTL_MOD, gone, in));
        assertEquals(-Errno.EBADF, control(epoll, EPOLL_CTL_DEL, gone, 0));
    }

    @Test
    void closedSetTellsNothing() throws StackException {
        Endpoint member = pair("SOCK_STREAM").first();
        Epoll closed = epolls().newEpoll(0);
        closed.endpoint().close();

        assertEquals(-Errno.EBADF, closed.ready(new int[1], new int[1], 1));
        assertEquals(-Errno.EBADF, control(closed, EPOLL_CTL_ADD, member, in));
    }

    @Test
    void socketIsNoSet() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        Epoll none = epolls().epoll(pair.first());

        assertEquals(-Errno.EINVAL, none.ready(new int[1], new int[1], 1));
        assertEquals(-Errno.EINVAL, control(none, EPOLL_CTL_ADD, pair.second(), in));
    }

    @Test
    void unknownFlagsAreRefused() {
        assertFails(Errno.EINVAL, () -> epolls().newEpoll(1));
    }

    @Test
    void allThatIsReadyIsToldTogether() throws StackException {
        Map<Integer, Integer> expected = new TreeMap<>();
        for (int i = 0; i < MANY; i++) {
            EndpointPair pair = pair("SOCK_STREAM");
            add(epoll, pair.second(), in | (i % 3 == 0 ? out : 0));
            boolean hasData = i % 2 == 0;
            if (hasData) {
                send(pair.first(), "x");
            }
            int events = (hasData ? in : 0) | (i % 3 == 0 ? out : 0);
            if (events != 0) {
                expected.put(asDescriptor(pair.second()).descriptor(), events);
            }
        }

        assertEquals(expected, ready(epoll));
    }

    @Test
    void noMoreAreToldThanThereIsRoomFor() throws StackException {
        for (int i = 0; i < 6; i++) {
            add(epoll, pair("SOCK_STREAM").first(), out);
        }
        int[] descriptors = {-7, -7, -7, -7};
        int[] events = {-7, -7, -7, -7};

        assertEquals(3, epoll.ready(descriptors, events, 3));
        assertEquals(-7, descriptors[3]);
        assertArrayEquals(new int[] {out, out, out, -7}, events);
        assertEquals(4, epoll.ready(descriptors, events, 100), "the arrays' length");
        assertEquals(2, epoll.ready(descriptors, new int[2], 100));
        assertEquals(2, epoll.ready(new int[2], events, 100));
        assertEquals(6, epoll.ready(new int[100_000], new int[100_000], Integer.MAX_VALUE));
    }

    @Test
    void furtherLooksTellOfTheOthers() throws StackException {
        Set<Integer> expected = new HashSet<>();
        for (int i = 0; i < 9; i++) {
            Endpoint member = pair("SOCK_STREAM").first();
            add(epoll, member, out);
            expected.add(asDescriptor(member).descriptor());
        }
        Set<Integer> found = new HashSet<>();
        int[] descriptors = new int[3];

        for (int i = 0; i < 3; i++) {
            assertEquals(3, epoll.ready(descriptors, new int[3], 3));
            Arrays.stream(descriptors).forEach(found::add);
        }

        assertEquals(expected, found, "none starves, though all stay ready");
    }

    @Test
    void roomForNoneIsRefused() {
        assertEquals(-Errno.EINVAL, epoll.ready(new int[1], new int[1], 0));
        assertEquals(-Errno.EINVAL, epoll.ready(new int[1], new int[1], -1));
        assertEquals(-Errno.EINVAL, epoll.ready(new int[0], new int[0], 1));
    }

    @Test
    void setsAreApart() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        Epoll other = newSet();
        add(epoll, pair.second(), in | number("EPOLLET"));
        add(other, pair.second(), in | out);
        send(pair.first(), "x");

        assertEquals(only(pair.second(), in), ready(epoll));
        assertEquals(only(pair.second(), in | out), ready(other));
        assertEquals(Map.of(), ready(epoll));
        assertEquals(0, control(epoll, EPOLL_CTL_DEL, pair.second(), 0));
        assertEquals(only(pair.second(), in | out), ready(other));
    }

    @Test
    void setIsItselfReadyWhenAMemberIs() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        Epoll outer = newSet();
        add(epoll, pair.second(), in);
        add(outer, epoll.endpoint(), in);
        assertEquals(Map.of(), ready(outer));
        assertEquals(0, poller().poll(epoll.endpoint(), POLLIN, 0));

        send(pair.first(), "x");

        assertEquals(only(epoll.endpoint(), in), ready(outer));
        assertEquals(POLLIN, poller().poll(epoll.endpoint(), POLLIN, 0));
        assertEquals(only(pair.second(), in), ready(epoll));
    }

    @Test
    void pollerWaitsForASet() throws Exception {
        EndpointPair pair = pair("SOCK_STREAM");
        add(epoll, pair.second(), in);
        poller();

        Thread sender = contract().start(() -> send(pair.first(), "x"));

        assertEquals(POLLIN, poller().poll(epoll.endpoint(), POLLIN, Poller.FOREVER));
        assertEquals(only(pair.second(), in), ready(epoll));
        sender.join();
    }

    @Test
    void closedDescriptorLeavesTheSet() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        add(epoll, pair.first(), out);
        assertEquals(only(pair.first(), out), ready(epoll));

        int number = asDescriptor(pair.first()).descriptor();
        close(pair.first());
        assertEquals(Map.of(), ready(epoll));

        // The pair may have the same number again, and is no member for that.
        EndpointPair next = pair("SOCK_STREAM");
        assertEquals(Map.of(), ready(epoll));
        add(epoll, next.first(), in);
        assertEquals(Map.of(), ready(epoll), () -> "events of number " + number);
    }

    @Test
    void duplicateKeepsAMemberUnderItsFirstNumber() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        add(epoll, pair.first(), out);
        owned(asDescriptor(pair.first()).duplicate(0, false));

        int number = asDescriptor(pair.first()).descriptor();
        close(pair.first());

        assertEquals(Map.of(number, out), ready(epoll));
        assertEquals(-Errno.EBADF, epoll.control(EPOLL_CTL_DEL, pair.first(), 0, number));
    }

    @Test
    void duplicateMayBeAMemberOfItsOwn() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        Endpoint copy = owned(asDescriptor(pair.first()).duplicate(0, false));
        add(epoll, pair.first(), out);
        add(epoll, copy, in | out);

        assertEquals(Map.of(asDescriptor(pair.first()).descriptor(), out, asDescriptor(copy).descriptor(), out),
                ready(epoll));
    }

    @Test
    void setIsReachedByItsNumberAndByADuplicate() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        Endpoint copy = asDescriptor(epoll.endpoint()).duplicate(0, false);
        sets.add(copy);

        add(epolls().epoll(epoll.endpoint()), pair.first(), out);

        assertEquals(only(pair.first(), out), ready(epoll));
        assertEquals(only(pair.first(), out), ready(epolls().epoll(copy)));
    }

    @Test
    void descriptorOfASetHasFlags() throws StackException {
        Endpoint set = epoll.endpoint();
        assertFalse(asDescriptor(set).isInheritable());
        asDescriptor(set).setInheritable(true);
        assertTrue(asDescriptor(set).isInheritable());
        Endpoint copy = asDescriptor(set).duplicate(0, false);
        sets.add(copy);
        assertFalse(asDescriptor(copy).isInheritable());
        assertFalse(set.isNonBlocking());
    }

    @Test
    void oneEventIsForOneOfTheThreadsThatLook() throws StackException {
        Set<Integer> expected = new HashSet<>();
        for (int i = 0; i < MANY; i++) {
            Endpoint member = pair("SOCK_STREAM").first();
            add(epoll, member, out | number("EPOLLET"));
            expected.add(asDescriptor(member).descriptor());
        }

        List<CompletableFuture<List<Integer>>> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(CompletableFuture.supplyAsync(this::takeAll, Thread.ofPlatform().daemon()::start));
        }

        List<Integer> found = new ArrayList<>();
        threads.forEach(thread -> found.addAll(thread.join()));
        assertEquals(MANY, found.size());
        assertEquals(expected, new HashSet<>(found));
    }

    private List<Integer> takeAll() {
        List<Integer> found = new ArrayList<>();
        int[] descriptors = new int[3];
        int[] events = new int[3];
        for (int count = 1; count > 0;) {
            count = epoll.ready(descriptors, events, 3);
            for (int i = 0; i < count; i++) {
                found.add(descriptors[i]);
                assertEquals(out, events[i]);
            }
        }
        return found;
    }
}
