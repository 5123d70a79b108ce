package io.github.pysockets.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.pysockets.abi.Netdb;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.ForwardingNames;
import io.github.pysockets.stack.ForwardingStack;
import io.github.pysockets.stack.NameService;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Beside the resolver of an application that says so, nobody is asked. */
final class OnlyResolverTest {
    private final List<String> asked = new ArrayList<>();

    private String text(byte[] host) {
        return new String(host, StandardCharsets.ISO_8859_1);
    }

    private NameService names() {
        SocketStack watched = new ForwardingStack(LinuxStack.open()) {
            @Override
            protected NameService wrap(NameService names) {
                return new ForwardingNames(names) {
                    @Override
                    public List<AddressInfo> getaddrinfo(byte[] host, byte[] service, int family, int type,
                            int protocol, int flags) throws NameServiceException, StackException {
                        if ((flags & Netdb.AI_NUMERICHOST) == 0) {
                            asked.add(text(host));
                        }
                        return super.getaddrinfo(host, service, family, type, protocol, flags | Netdb.AI_NUMERICHOST);
                    }

                    @Override
                    public HostEntry gethostbyname(byte[] name) {
                        asked.add(text(name));
                        return new HostEntry("asked", List.of(), List.of());
                    }
                };
            }
        };
        return new ResolverStack(watched, NameResolver.only(_ -> Optional.empty())).names();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.test", "127.0.0.1 evil.test", "::1%evil.test", "127.0.0.1\tevil.test", "0x7f.1 x"})
    void nobodyElseIsAsked(String host) {
        byte[] bytes = host.getBytes(StandardCharsets.ISO_8859_1);
        NameService names = names();
        assertThrows(NameServiceException.class, () -> names.getaddrinfo(bytes, null, 0, 0, 0, 0));
        assertThrows(NameServiceException.class, () -> names.gethostbyname(bytes));
        assertEquals(List.of(), asked);
    }
}
