package io.github.pysockets.quota;

import static io.github.pysockets.abi.EpollFlags.EPOLLET;
import static io.github.pysockets.abi.EpollFlags.EPOLLEXCLUSIVE;
import static io.github.pysockets.abi.EpollFlags.EPOLLONESHOT;
import static io.github.pysockets.abi.EpollFlags.EPOLL_CTL_ADD;
import static io.github.pysockets.abi.EpollFlags.EPOLL_CTL_DEL;
import static io.github.pysockets.abi.EpollFlags.EPOLL_CTL_MOD;
import static io.github.pysockets.abi.PollEvents.POLLHUP;
import static io.github.pysockets.abi.PollEvents.POLLIN;
import static io.github.pysockets.abi.PollEvents.POLLOUT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.DescriptorEndpoint;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.EndpointPair;
import io.github.pysockets.stack.Epoll;
import io.github.pysockets.stack.EpollStack;
import io.github.pysockets.stack.Poller;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Epoll sets with members that are held back: none is reported too early, and no event is lost. */
final class PacedEpollTest extends QuotaCase {
    private static final int ROUND = 2_000;
    private static final int EDGE = (int) EPOLLET;

    private final SocketStack slow = limited(Quota.builder().bytesInPerSecond(100_000).bytesOutPerSecond(100_000));

    private EndpointPair pair;
    private Endpoint socket;
    private Epoll set;

    @BeforeEach
    void open() throws StackException {
        pair = connection(slow);
        socket = pair.first();
        await(socket, POLLOUT);
        set = newSet();
    }

    private Epoll newSet() throws StackException {
        Epoll made = slow.require(EpollStack.class).newEpoll(0);
        owned(made.endpoint());
        return made;
    }

    private static int number(Endpoint endpoint) {
        return endpoint.ability(DescriptorEndpoint.class).descriptor();
    }

    private static void control(Epoll set, int operation, Endpoint member, int events) {
        assertEquals(0, set.control(operation, member, events, number(member)));
    }

    private static Map<Integer, Integer> ready(Epoll set) {
        int[] data = new int[10];
        int[] events = new int[10];
        int count = set.ready(data, events, 10);
        Map<Integer, Integer> found = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            found.put(data[i], events[i]);
        }
        return found;
    }

    private Map<Integer, Integer> only(int events) {
        return Map.of(number(socket), events);
    }

    private static final Map<Integer, Integer> NOTHING = Map.of();

    /** Receives what may be received, so that more is there and held back. */
    private void holdBackIn() throws StackException {
        deliver(pair.second(), socket, 3 * ROUND);
        assertEquals(ROUND, receive(socket, 10_000));
    }

    private boolean isReadable(Epoll polled) throws StackException {
        return poller(slow).poll(polled.endpoint(), POLLIN, 0) != 0;
    }

    @Test
    void levelIsReportedWhileTheMemberMayGoOn() throws StackException {
        control(set, EPOLL_CTL_ADD, socket, POLLIN);
        deliver(pair.second(), socket, 3 * ROUND);
        assertEquals(only(POLLIN), ready(set));
        assertEquals(only(POLLIN), ready(set));
        assertEquals(ROUND, receive(socket, 10_000));
        assertEquals(NOTHING, ready(set));
        assertEquals(false, isReadable(set), "or a wait for the set would end at once");
        clock.passMillis(20);
        assertEquals(true, isReadable(set));
        assertEquals(only(POLLIN), ready(set));
        assertEquals(only(POLLIN), ready(set));
    }

    @ParameterizedTest
    @ValueSource(ints = {EDGE, EPOLLONESHOT, EDGE | EPOLLONESHOT})
    void whatIsReportedOnceIsReportedLater(int once) throws StackException {
        holdBackIn();
        control(set, EPOLL_CTL_ADD, socket, POLLIN | once);
        assertEquals(NOTHING, ready(set));
        assertEquals(NOTHING, ready(set));
        clock.passMillis(20);
        assertEquals(only(POLLIN), ready(set));
        assertEquals(NOTHING, ready(set));
    }

    @Test
    void edgeThatComesMeanwhileIsReportedLater() throws StackException {
        control(set, EPOLL_CTL_ADD, socket, POLLIN | POLLOUT | EDGE);
        assertEquals(only(POLLOUT), ready(set));
        deliver(pair.second(), socket, ROUND);
        assertEquals(only(POLLIN | POLLOUT), ready(set));
        assertEquals(ROUND, receive(socket, 10_000));
        deliver(pair.second(), socket, 10);
        assertEquals(only(POLLOUT), ready(set));
        assertEquals(NOTHING, ready(set));
        clock.passMillis(20);
        assertEquals(only(POLLIN | POLLOUT), ready(set));
        assertEquals(NOTHING, ready(set));
    }

    /** Nothing changes in the set below: the bytes have been there from the start. */
    @Test
    void edgeFollowsACallThatWasHeldBackOrCut() throws StackException {
        control(set, EPOLL_CTL_ADD, socket, POLLIN | EDGE);
        deliver(pair.second(), socket, 3 * ROUND);
        assertEquals(only(POLLIN), ready(set));
        assertEquals(NOTHING, ready(set));
        assertEquals(ROUND, receive(socket, 10_000));
        assertEquals(NOTHING, ready(set));
        assertEquals(false, isReadable(set));
        clock.passMillis(20);
        assertEquals(true, isReadable(set));
        assertEquals(only(POLLIN), ready(set));
        assertEquals(NOTHING, ready(set));
        assertEquals(ROUND, receive(socket, ROUND), "which is not cut");
        assertEquals(-Errno.EAGAIN, receive(socket, 1));
        clock.passMillis(20);
        assertEquals(only(POLLIN), ready(set));
        assertEquals(ROUND, receive(socket, ROUND));
        clock.passMillis(20);
        assertEquals(-Errno.EAGAIN, receive(socket, 1), "nothing is there");
        assertEquals(NOTHING, ready(set));
    }

    @Test
    void edgeFollowsASendThatWasCut() throws StackException {
        control(set, EPOLL_CTL_ADD, socket, POLLOUT | EDGE);
        assertEquals(only(POLLOUT), ready(set));
        assertEquals(ROUND, send(socket, 10_000));
        assertEquals(NOTHING, ready(set));
        clock.passMillis(20);
        assertEquals(only(POLLOUT), ready(set));
        assertEquals(NOTHING, ready(set));
    }

    @Test
    void exclusiveMemberIsReportedLater() throws StackException {
        holdBackIn();
        control(set, EPOLL_CTL_ADD, socket, POLLIN | EPOLLEXCLUSIVE);
        assertEquals(NOTHING, ready(set));
        clock.passMillis(20);
        assertEquals(only(POLLIN), ready(set));
        assertEquals(only(POLLIN), ready(set));
    }

    @Test
    void oneDirectionIsReportedWhileTheOtherIsHeldBack() throws StackException {
        holdBackIn();
        control(set, EPOLL_CTL_ADD, socket, POLLIN | POLLOUT);
        assertEquals(only(POLLOUT), ready(set));
        assertEquals(only(POLLOUT), ready(set));
        assertEquals(ROUND, send(socket, 10_000));
        assertEquals(NOTHING, ready(set));
        clock.passMillis(20);
        assertEquals(only(POLLIN | POLLOUT), ready(set));
        assertEquals(ROUND, send(socket, 10_000));
        assertEquals(only(POLLIN), ready(set));
    }

    @Test
    void oneDirectionIsArmedAgainWhileTheOtherIsInDebt() throws StackException {
        EndpointPair datagrams = datagrams(slow);
        socket = datagrams.first();
        control(set, EPOLL_CTL_ADD, socket, POLLIN | POLLOUT);
        assertEquals(9_000, send(socket, 9_000));
        deliver(datagrams.second(), socket, 3_000);
        assertEquals(3_000, receive(socket, 3_000));
        deliver(datagrams.second(), socket, 10);
        assertEquals(NOTHING, ready(set));
        clock.passMillis(20);
        assertEquals(only(POLLIN), ready(set));
        clock.passMillis(60);
        assertEquals(only(POLLIN | POLLOUT), ready(set));
    }

    @Test
    void oneShotThatIsReportedInPartIsDone() throws StackException {
        holdBackIn();
        control(set, EPOLL_CTL_ADD, socket, POLLIN | POLLOUT | EPOLLONESHOT);
        assertEquals(only(POLLOUT), ready(set));
        clock.passMillis(20);
        assertEquals(NOTHING, ready(set));
        control(set, EPOLL_CTL_MOD, socket, POLLIN | POLLOUT | EPOLLONESHOT);
        assertEquals(only(POLLIN | POLLOUT), ready(set));
    }

    @Test
    void endIsReportedWhenItMayBeReadUpTo() throws StackException {
        control(set, EPOLL_CTL_ADD, socket, POLLIN);
        holdBackIn();
        socket.shutdown(1);
        close(pair.second());
        await(socket, POLLHUP);
        assertEquals(NOTHING, ready(set));
        assertEquals(false, isReadable(set));
        clock.passMillis(20);
        assertEquals(only(POLLIN | POLLHUP), ready(set));
    }

    @Test
    void changedAndRemovedMembersAreThoseOfTheProgram() throws StackException {
        holdBackIn();
        control(set, EPOLL_CTL_ADD, socket, POLLIN);
        assertEquals(NOTHING, ready(set));
        control(set, EPOLL_CTL_MOD, socket, POLLOUT);
        assertEquals(only(POLLOUT), ready(set));
        clock.passMillis(20);
        assertEquals(only(POLLOUT), ready(set));
        assertEquals(ROUND, receive(socket, 10_000));
        control(set, EPOLL_CTL_MOD, socket, POLLIN);
        assertEquals(NOTHING, ready(set));
        control(set, EPOLL_CTL_DEL, socket, 0);
        clock.passMillis(20);
        assertEquals(NOTHING, ready(set));
        assertEquals(false, isReadable(set));
    }

    @Test
    void closedMemberIsForgotten() throws StackException {
        holdBackIn();
        control(set, EPOLL_CTL_ADD, socket, POLLIN);
        assertEquals(NOTHING, ready(set));
        close(socket);
        clock.passMillis(20);
        assertEquals(NOTHING, ready(set));
    }

    @Test
    void setInASetIsReportedInTime() throws StackException {
        Epoll outer = newSet();
        control(set, EPOLL_CTL_ADD, socket, POLLIN);
        control(outer, EPOLL_CTL_ADD, set.endpoint(), POLLIN);
        holdBackIn();
        assertEquals(NOTHING, ready(set));
        assertEquals(NOTHING, ready(outer));
        assertEquals(0, poller(slow).poll(outer.endpoint(), POLLIN, Poller.FOREVER), "for a look");
        clock.passMillis(20);
        assertEquals(POLLIN, poller(slow).poll(outer.endpoint(), POLLIN, FAR));
        assertEquals(Map.of(number(set.endpoint()), POLLIN), ready(outer));
        assertEquals(only(POLLIN), ready(set));
    }

    @Test
    void setAmongManyIsReportedInTime() throws StackException {
        control(set, EPOLL_CTL_ADD, socket, POLLIN);
        holdBackIn();
        assertEquals(NOTHING, ready(set));
        Endpoint[] endpoints = {set.endpoint()};
        short[] ready = {7};
        assertEquals(0, poller(slow).poll(endpoints, new short[] {POLLIN}, ready, 1, Poller.FOREVER), "for a look");
        clock.passMillis(20);
        assertEquals(1, poller(slow).poll(endpoints, new short[] {POLLIN}, ready, 1, FAR));
        assertEquals(POLLIN, ready[0]);
    }

    @Test
    void duplicateOfASetKnowsItsMembers() throws StackException {
        control(set, EPOLL_CTL_ADD, socket, POLLIN);
        holdBackIn();
        Endpoint copy = owned(set.endpoint().require(DescriptorEndpoint.class).duplicate(0, false));
        Epoll same = slow.require(EpollStack.class).epoll(copy);
        assertEquals(NOTHING, ready(same));
        assertEquals(NOTHING, ready(set));
        clock.passMillis(20);
        assertEquals(only(POLLIN), ready(same));
    }

    /** A thread that waits cannot know that another thread's look has disarmed a member. */
    @Test
    void lookOfAnotherThreadEndsTheWait() throws Exception {
        control(set, EPOLL_CTL_ADD, socket, POLLIN);
        try (Poller waiting = slow.newPoller()) {
            CompletableFuture<Integer> wait = CompletableFuture.supplyAsync(
                    () -> {
                        int result;
                        do {
                            result = waiting.poll(set.endpoint(), POLLIN, Poller.FOREVER);
                        } while (result == 0);
                        return result;
                    },
                    task -> Thread.ofPlatform().daemon().start(task));
            holdBackIn();
            assertEquals(NOTHING, ready(set));
            clock.passMillis(20);
            assertEquals(POLLIN, wait.join());
        }
    }
}
