package io.github.pysockets.policy;

import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.ForwardingEndpoint;
import io.github.pysockets.stack.ForwardingNames;
import io.github.pysockets.stack.ForwardingStack;
import io.github.pysockets.stack.NameService;
import io.github.pysockets.stack.SockaddrUn;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stack with a policy does where no script gets, or only by chance. */
final class PolicyStackTest {
    private static SockaddrUn address(Path path) {
        return new SockaddrUn(path.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static PolicyStack policed(SocketStack stack, String policy) {
        return new PolicyStack(stack, NetworkPolicy.parse(policy), _ -> {});
    }

    private static int errno(StackException failure) {
        return failure.errno();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"::1%secret.evil.test", "127.0.0.1 secret.evil.test", "0x7f.1", "127.0.0.1\tx", "evil.test"})
    void onlyPlainAddressesAreNoQuestions(String host) {
        SocketStack curious = new ForwardingStack(LinuxStack.open()) {
            @Override
            protected NameService wrap(NameService names) {
                return new ForwardingNames(names) {
                    @Override
                    public HostEntry gethostbyname(byte[] name) {
                        return new HostEntry("asked", List.of(), List.of());
                    }
                };
            }
        };
        NameService names = policed(curious, "allow lookup good.test").names();
        byte[] asked = host.getBytes(StandardCharsets.US_ASCII);
        assertEquals(Errno.EACCES, errno(assertThrows(StackException.class, () -> names.gethostbyname(asked))));
    }

    @Test
    void nameThatIsGivenWhileListenLooksIsJudgedToo(@TempDir Path folder) throws StackException {
        SockaddrUn given = address(folder.resolve("x"));
        SocketStack racing = new ForwardingStack(LinuxStack.open()) {
            @Override
            protected Endpoint wrap(Endpoint endpoint) {
                return new ForwardingEndpoint(endpoint, this::wrap) {
                    @Override
                    public void listen(int backlog) throws StackException {
                        bind(given);
                        super.listen(backlog);
                    }
                };
            }
        };
        Endpoint listener = policed(racing, "allow bind unix:" + folder + "/").socket(AF_UNIX, SOCK_STREAM, 0);
        try {
            assertEquals(Errno.EACCES, errno(assertThrows(StackException.class, () -> listener.listen(1))));
            Endpoint caller = LinuxStack.open().socket(AF_UNIX, SOCK_STREAM, 0);
            try {
                assertEquals(-Errno.ECONNREFUSED, caller.connect(given));
            } finally {
                caller.close();
            }
        } finally {
            listener.close();
        }
    }

    @Test
    void linkThatLeadsToItselfIsNoPath(@TempDir Path folder) throws Exception {
        Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
        Endpoint caller = policed(LinuxStack.open(), "allow unix:*").socket(AF_UNIX, SOCK_STREAM, 0);
        try {
            assertEquals(-Errno.EACCES, caller.connect(address(folder.resolve("loop"))));
            assertEquals(-Errno.EACCES, caller.connect(address(folder.resolve("loop/x"))));
            assertEquals(-Errno.ENOENT, caller.connect(address(folder.resolve("x"))));
        } finally {
            caller.close();
        }
    }
}
