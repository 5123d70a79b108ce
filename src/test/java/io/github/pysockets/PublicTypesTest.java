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
    private static final Map<String, Set<String>> PUBLIC = new TreeMap<>(Map.ofEntries(
            // What an embedder uses.
            Map.entry("", Set.of("PySockets", "PySockets$Builder", "JythonSockets", "JythonSockets$Builder")),
            // The contract, for whoever writes a stack: its calls,
            Map.entry("stack", Set.of("SocketStack", "Endpoint", "EndpointPair", "Poller", "Epoll", "NameService",
                    // what only some stacks can do,
                    "HasAbilities", "DescriptorStack", "EpollStack", "FileStack", "ProcessStack", "ServerNameStack",
                    "ClockStack", "StackClock", "Announcement", "MessageEndpoint",
                    "FileEndpoint", "SeekableEndpoint", "DescriptorEndpoint", "ControlEndpoint",
                    "PacedEndpoint",
                    // the template for a new one,
                    "UnsupportedStack",
                    // what a stack that wraps another one extends,
                    "ForwardingStack", "ForwardingEndpoint", "ForwardingPoller", "ForwardingEpoll", "ForwardingNames",
                    // what goes in and comes out,
                    "AcceptedHolder", "AddressHolder", "ControlMessage", "FileIdentity", "DescriptorStatus",
                    "IncomingMessage", "OutgoingMessage", "ProcessCall", "SpawnRequest", "SpawnRequest$Action",
                    "SpawnRequest$Open", "SpawnRequest$Close", "SpawnRequest$Duplicate",
                    "NameService$AddressInfo", "NameService$HostEntry", "NameService$HostService",
                    "NameService$NetworkInterface",
                    // addresses of each family,
                    "SocketAddress", "SockaddrAlg", "SockaddrCan", "SockaddrIn", "SockaddrIn6", "SockaddrLl",
                    "SockaddrNl", "SockaddrOther", "SockaddrQrtr", "SockaddrTipc", "SockaddrUn", "SockaddrVm",
                    // and failures.
                    "StackException", "FailureText", "NameServiceException", "NameServiceException$Range")),
            // For stacks that have no name service of their own: who knows hosts and interfaces, what makes a
            // name service of that, and the name of the machine.
            Map.entry("netdb",
                    Set.of("NetdbNames", "HostDatabase", "HostDatabase$Host", "HostInterfaces", "LocalHostName")),
            // The operating system's stack; the root package chooses it.
            Map.entry("linux", Set.of("LinuxStack")),
            // The stack on Java's channels; likewise.
            Map.entry("nio", Set.of("NioStack")),
            // What an embedder learns of its scripts: by asking, and by being told,
            Map.entry("observe",
                    Set.of("SocketStatistics", "SocketCounts", "SocketState", "SocketListener", "RefusedCall",
                            "HostLookUp",
                            // also of a stack of its own.
                            "ObservedStack")),
            // A network in memory.
            Map.entry("virtual",
                    Set.of("VirtualNetwork", "VirtualNetwork$Builder", "VirtualHost", "VirtualStack", "Link",
                            "Partition", "StreamFault",
                            // and what is known of its packets.
                            "PacketLog")),
            // The application's proxy.
            Map.entry("proxy", Set.of("Proxy", "ProxyStack")),
            // Names that the application answers.
            Map.entry("resolver", Set.of("NameResolver", "ResolverStack")),
            // How much it may use.
            Map.entry("quota", Set.of("Quota", "Quota$Builder", "QuotaStack")),
            // What a script may reach.
            Map.entry("policy",
                    Set.of("NetworkPolicy", "NetworkPolicy$Builder", "Action", "Decision", "Refused", "PolicyStack")),
            // What a bridge into a Python calls: contexts, connections, and the sessions that are left of them,
            Map.entry("tls", Set.of("TlsContext", "TlsConnection", "TlsSession",
                    // what stands for a connection, over a socket or not,
                    "TlsStream",
                    // what goes below a connection, and in memory takes a socket's place,
                    "Transport", "MemoryBio", "Plaintext",
                    // settings of a context,
                    "Roles", "SslConstants", "CipherString", "CipherSuite", "ServerNameListener",
                    // and failures.
                    "TlsCodes", "LastFailure", "LastFailure$Call", "LastFailure$Action")),
            // Likewise: certificates and keys that a context is given,
            Map.entry("tls.cert",
                    Set.of("Identity", "IdentityReader", "TrustStore", "TrustStore$Counts", "HashedDirectory",
                            // what certificates and identifiers say,
                            "PeerCertificateDict", "CertificateNames", "ObjectNames", "ObjectNames$Entry",
                            // failures, and those of an application's own trust,
                            "OpenSslException", "HostTrustErrors",
                            // and for the package above: how a peer is verified.
                            "PeerVerification", "VerifyParameters", "VerifyFlags", "Purpose", "SecurityLevel",
                            "AddressText")),
            // Linux's numbers, and what calls of the kernel take and reach,
            Map.entry("abi",
                    Set.of("AddressFamilies", "Constants", "EpollFlags", "Errno", "ErrnoNames", "ErrnoTexts",
                            "FileControl", "IoControl", "Netdb", "PollEvents", "Protocols", "SocketTypes", "InetText",
                            "NumericHost",
                            "Linger", "Timeval",
                            // for the stacks and for the rules of the layer above them.
                            "SocketOptions", "SocketOption", "SocketOption$Form", "MessageFlags", "ControlMessages",
                            "DescriptorCommands", "Reach")),
            // Likewise: the runtime and its sockets,
            Map.entry("python", Set.of("SocketRuntime", "PySocket", "Blocking",
                    // TLS over one of them,
                    "PyTlsSocket",
                    // its descriptors by number,
                    "DescriptorControl", "DescriptorIo", "Splice", "Numbering",
                    // processes,
                    "ProcessControl", "SpawnRequests",
                    // waiting for many of them,
                    "Select", "PollSet", "PyEpoll", "ReadyEvents",
                    // also in an event loop,
                    "EventLoop", "LoopTimer", "LoopTls", "AcceptedBatch", "AcceptedBatch$Taker",
                    // the stack's clock, and locks whose waits go by it,
                    "PyClock", "PyLock",
                    // names, those that are left out, and what Python has of addresses and messages,
                    "Names", "AbsentNames", "AddressTuples", "MessageTuples",
                    // how an interpreter's values are made and read,
                    "Values", "TupleItems", "ByteSource", "LentBuffer",
                    // what is left of a dropped socket,
                    "SocketHandle", "DroppedActions", "DroppedActions$Token",
                    // who shares one,
                    "SocketUses", "SocketUses$Use", "SocketUses$LastWords",
                    // when that is looked for,
                    "SearchRule",
                    // and failures.
                    "Codes", "CallFailure", "FailureCodes", "Refusal")),
            // The root package calls the first; Python code calls the others, whose classes have to be public for that.
            Map.entry("graalpy",
                    Set.of("Installation", "HostExports", "SocketExports", "NameExports", "DescriptorExports",
                            "SelectExports", "ClockExports", "EventLoopExports", "StreamExports",
                            "TlsStreamExports", "AccessProbe",
                            "ProcessExports", "ModuleSources",
                            // likewise for TLS.
                            "TlsExports", "TlsContextExports", "TlsMaterialExports",
                            // for a GraalPy that cannot read a buffer.
                            "BufferExports", "SpillFile")),
            // The root package calls the first; Jython makes types of the others.
            Map.entry("jython", Set.of("JythonInstallation", "SignalRestart",
                    "EpollObject", "PollObject", "SocketObject", "SslContextObject",
                    "SslConnectionObject")),
            // The JVM starts it.
            Map.entry("cli", Set.of("Main", "JythonMain"))));

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
