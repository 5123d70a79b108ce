package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.fixtures.CompiledClasses;
import io.github.pysockets.fixtures.CompiledClasses.Compiled;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which types others can see. A type that becomes public gets its place here, with the reason. */
final class PublicTypesTest {
    private static final Map<String, Set<String>> PUBLIC = new TreeMap<>(Map.of(
            // What an embedder uses.
            "", Set.of("PySockets", "PySockets$Builder"),
            // The contract, for whoever writes a stack: its calls,
            "stack", Set.of("SocketStack", "Endpoint", "EndpointPair", "Poller", "Epoll", "NameService",
                    // the template for a new one,
                    "UnsupportedStack",
                    // what a stack that wraps another one extends,
                    "ForwardingStack", "ForwardingEndpoint", "ForwardingPoller", "ForwardingEpoll", "ForwardingNames",
                    // what goes in and comes out,
                    "AddressHolder", "ControlMessage", "DescriptorStatus", "IncomingMessage", "OutgoingMessage",
                    "NameService$AddressInfo", "NameService$HostEntry", "NameService$HostService",
                    "NameService$NetworkInterface",
                    // addresses of each family, and their text,
                    "SocketAddress", "SockaddrAlg", "SockaddrCan", "SockaddrIn", "SockaddrIn6", "SockaddrLl",
                    "SockaddrNl", "SockaddrOther", "SockaddrQrtr", "SockaddrTipc", "SockaddrUn", "SockaddrVm",
                    "InetText",
                    // and failures.
                    "Errno", "StackException", "NameServiceException", "NameServiceException$Range"),
            // The operating system's stack; the root package chooses it.
            "linux", Set.of("LinuxStack"),
            // What a bridge into a Python calls: contexts, connections, and the sessions that are left of them,
            "tls", Set.of("TlsContext", "TlsConnection", "TlsSession",
                    // what goes below a connection, and in memory takes a socket's place,
                    "Transport", "MemoryBio", "Plaintext",
                    // settings of a context,
                    "Roles", "CipherString", "CipherSuite", "ServerNameListener",
                    // certificates and keys that it is given,
                    "Identity", "IdentityReader", "TrustStore", "TrustStore$Counts", "HashedDirectory",
                    // what certificates and identifiers say,
                    "PeerCertificateDict", "CertificateNames", "ObjectNames", "ObjectNames$Entry",
                    // and failures.
                    "TlsCodes", "TlsException"),
            // What calls of the kernel take and reach, for the stack and for the rules of the layer above it.
            "abi", Set.of("SocketOptions", "SocketOption", "SocketOption$Form", "MessageFlags", "ControlMessages",
                    "DescriptorCommands", "Reach"),
            // Likewise: the runtime and its sockets,
            "python", Set.of("SocketRuntime", "PySocket",
                    // TLS over one of them,
                    "PyTlsSocket",
                    // its descriptors by number,
                    "DescriptorControl", "DescriptorIo", "Numbering",
                    // waiting for many of them,
                    "Select", "PollSet", "PyEpoll", "ReadySink",
                    // what a call takes,
                    "ByteSource", "NameQuery",
                    // what is left of a dropped socket,
                    "SocketHandle", "SocketHandle$Addresses",
                    // and failures.
                    "Codes", "CallFailure"),
            // The root package calls the first; Python code calls the others, whose classes have to be public for that.
            "graalpy",
            Set.of("Installation", "SocketExports", "NameExports", "DescriptorExports", "SelectExports",
                    "ModuleSources",
                    // likewise for TLS, the last as what stands for a connection.
                    "TlsExports", "TlsContextExports", "TlsMaterialExports", "TlsEnd",
                    // for a GraalPy that cannot read a buffer.
                    "BufferExports", "SpillFile"),
            // The JVM starts it.
            "cli", Set.of("Main")));

    @Test
    void noMoreAndNoLessIsPublic() {
        Map<String, Set<String>> found = CompiledClasses.read().stream()
                .filter(Compiled::isPublic)
                .collect(Collectors.groupingBy(
                        Compiled::layer,
                        TreeMap::new,
                        Collectors.mapping(PublicTypesTest::simpleName, Collectors.toCollection(TreeSet::new))));
        PUBLIC.forEach((layer, types) -> assertEquals(new TreeSet<>(types), found.remove(layer),
                () -> "public types of \"" + layer + "\""));
        assertEquals(Map.of(), found, "public types of other packages");
    }

    private static String simpleName(Compiled compiled) {
        return compiled.name().substring(compiled.name().lastIndexOf('/') + 1);
    }
}
