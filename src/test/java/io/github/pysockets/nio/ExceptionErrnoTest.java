package io.github.pysockets.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.nio.ExceptionErrno.Call;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AlreadyBoundException;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ExceptionErrnoTest {
    private static Stream<Arguments> classes() {
        return Stream.of(
                Arguments.of(new PortUnreachableException("text"), Errno.ECONNREFUSED),
                Arguments.of(new ConnectException("text"), Errno.ECONNREFUSED),
                Arguments.of(new NoRouteToHostException("text"), Errno.EHOSTUNREACH),
                Arguments.of(new BindException("text"), Errno.EADDRINUSE),
                Arguments.of(new ClosedChannelException(), Errno.EBADF),
                Arguments.of(new AsynchronousCloseException(), Errno.EBADF),
                Arguments.of(new NotYetConnectedException(), Errno.ENOTCONN),
                Arguments.of(new AlreadyConnectedException(), Errno.EISCONN),
                Arguments.of(new ConnectionPendingException(), Errno.EALREADY),
                Arguments.of(new AlreadyBoundException(), Errno.EINVAL),
                Arguments.of(new UnsupportedAddressTypeException(), Errno.EAFNOSUPPORT),
                Arguments.of(new UnresolvedAddressException(), Errno.EINVAL),
                Arguments.of(new UnsupportedOperationException(), Errno.EOPNOTSUPP),
                Arguments.of(new IllegalArgumentException("text"), Errno.EINVAL),
                Arguments.of(new NullPointerException(), Errno.EIO));
    }

    @ParameterizedTest
    @MethodSource("classes")
    void classDecidesWhateverTheText(Exception failure, int errno) {
        for (Call call : Call.values()) {
            assertEquals(errno, ExceptionErrno.of(failure, call));
        }
    }

    private static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of(new SocketException("Connection reset"), Errno.ECONNRESET),
                Arguments.of(new IOException("Connection reset by peer"), Errno.ECONNRESET),
                Arguments.of(new IOException("Broken pipe"), Errno.EPIPE),
                Arguments.of(new BindException("Address already in use: bind"), Errno.EADDRINUSE),
                Arguments.of(new BindException("Cannot assign requested address"), Errno.EADDRNOTAVAIL),
                Arguments.of(new BindException("Can't assign requested address"), Errno.EADDRNOTAVAIL),
                Arguments.of(new BindException("Permission denied"), Errno.EACCES),
                Arguments.of(new ConnectException("Connection timed out"), Errno.ETIMEDOUT),
                Arguments.of(new SocketException("Network is unreachable"), Errno.ENETUNREACH),
                Arguments.of(new NoRouteToHostException("Network is unreachable"), Errno.ENETUNREACH),
                Arguments.of(new IOException("Too many open files"), Errno.EMFILE),
                Arguments.of(new SocketException("Too many open files in system"), Errno.ENFILE),
                Arguments.of(new SocketException("No such file or directory"), Errno.ENOENT),
                Arguments.of(new SocketException("Message too long"), Errno.EMSGSIZE));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textDecidesWhereTheClassDoesNot(Exception failure, int errno) {
        for (Call call : Call.values()) {
            assertEquals(errno, ExceptionErrno.of(failure, call));
        }
        assertTrue(ExceptionErrno.isClear(failure));
    }

    @Test
    void callDecidesWhereTheTextIsInAnotherLanguage() {
        assertEquals(Errno.EPIPE, ExceptionErrno.of(new IOException("Datenübergabe unterbrochen"), Call.WRITE));
        assertEquals(Errno.ECONNRESET, ExceptionErrno.of(new IOException("Verbindung unterbrochen"), Call.READ));
        assertEquals(Errno.EMFILE, ExceptionErrno.of(new IOException("Zu viele offene Dateien"), Call.OPEN));
        assertEquals(Errno.EIO, ExceptionErrno.of(new IOException("Ein-/Ausgabefehler"), Call.OTHER));
        assertFalse(ExceptionErrno.isClear(new BindException("Die Adresse wird bereits verwendet")));
    }

    @ParameterizedTest
    @EnumSource
    void noFailureIsWithoutAnErrno(Call call) {
        for (Exception failure : new Exception[] {
            new IOException(), new IOException((String) null), new SocketException(), new RuntimeException(),
            new InterruptedException(), new Exception()}) {
            assertNotEquals(0, ExceptionErrno.of(failure, call));
        }
    }

    @Test
    void addressTellsWhyBindFailed(@TempDir Path directory) throws IOException {
        Path taken = Files.createFile(directory.resolve("taken"));

        assertEquals(Errno.EADDRNOTAVAIL, LikelyErrno.ofBind(new InetSocketAddress("192.0.2.1", 0), Errno.EADDRINUSE));
        assertEquals(Errno.EACCES, LikelyErrno.ofBind(new InetSocketAddress("127.0.0.1", 80), Errno.EADDRINUSE));
        assertEquals(Errno.EADDRINUSE, LikelyErrno.ofBind(new InetSocketAddress("127.0.0.1", 8080), Errno.EADDRINUSE));
        assertEquals(Errno.EADDRINUSE, LikelyErrno.ofBind(UnixDomainSocketAddress.of(taken), Errno.EIO));
        assertEquals(Errno.ENOTDIR, LikelyErrno.ofBind(UnixDomainSocketAddress.of(taken.resolve("x")), Errno.EIO));
        assertEquals(
                Errno.ENOENT, LikelyErrno.ofBind(UnixDomainSocketAddress.of(directory.resolve("no/x")), Errno.EIO));
    }

    @Test
    void fileTellsWhyConnectFailed(@TempDir Path directory) throws IOException {
        Path there = Files.createFile(directory.resolve("there"));

        assertEquals(Errno.ECONNREFUSED, LikelyErrno.ofConnect(UnixDomainSocketAddress.of(there), Errno.EIO));
        assertEquals(Errno.ENOENT, LikelyErrno.ofConnect(UnixDomainSocketAddress.of(directory.resolve("x")), 0));
        assertEquals(Errno.ENOTDIR, LikelyErrno.ofConnect(UnixDomainSocketAddress.of(there.resolve("x")), 0));
        assertEquals(Errno.ETIMEDOUT, LikelyErrno.ofConnect(new InetSocketAddress("127.0.0.1", 1), Errno.ETIMEDOUT));
    }
}
