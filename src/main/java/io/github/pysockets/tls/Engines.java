package io.github.pysockets.tls;

import io.github.pysockets.tls.cert.AddressText;
import io.github.pysockets.tls.cert.OpenSslException;
import java.security.AlgorithmConstraints;
import java.util.List;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** Makes JSSE's engines, set up as a connection's settings say. */
final class Engines {
    /**
     * In the place of the server's name in the session cache of our own engines: the caller decides to which server a
     * session is offered.
     */
    private static final String SESSION = "session";

    private Engines() {}

    /**
     * A client's engine.
     *
     * @param key under which JSSE keeps the connection's session
     */
    static SSLEngine client(TlsContext context, Settings settings, String serverName, int key)
            throws OpenSslException {
        SSLContext host = context.hostTrust(false, settings);
        SSLEngine engine = host == null
                ? context.engines(settings).createSSLEngine(SESSION, key)
                : host.createSSLEngine(serverName, key);
        engine.setUseClientMode(true);
        SSLParameters parameters = parameters(engine, host != null, settings);
        parameters.setServerNames(serverNames(serverName));
        if (host != null && settings.checkHost()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** What a client sends of its server's name: nothing where it is an address. */
    private static List<SNIServerName> serverNames(String serverName) {
        return serverName == null || AddressText.parse(serverName) != null
                ? List.of()
                : List.of(RequestedName.of(serverName));
    }

    static SSLEngine server(TlsContext context, Settings settings) throws OpenSslException {
        SSLContext host = context.hostTrust(true, settings);
        SSLEngine engine = (host == null ? context.serverEngines(settings) : host).createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = parameters(engine, host != null, settings);
        switch (settings.verifyMode()) {
            case TlsContext.VERIFY_REQUIRED -> parameters.setNeedClientAuth(true);
            case TlsContext.VERIFY_OPTIONAL -> parameters.setWantClientAuth(true);
            default -> {
                // The engine's default: no, unless the application has set it.
            }
        }
        parameters.setUseCipherSuitesOrder(settings.serverChooses());
        // By a selector, not as a list: with a list JSSE ends a connection without a common protocol. OpenSSL goes on.
        List<String> protocols = List.of(parameters.getApplicationProtocols());
        parameters.setApplicationProtocols(new String[0]);
        engine.setSSLParameters(parameters);
        if (!protocols.isEmpty()) {
            engine.setHandshakeApplicationProtocolSelector(
                    (_, offered) -> protocols.stream().filter(offered::contains).findFirst().orElse(""));
        }
        return engine;
    }

    /** @param host whether the engine is the application's: what it has switched off stays off */
    private static SSLParameters parameters(SSLEngine engine, boolean host, Settings settings) throws OpenSslException {
        String[] versions =
                common(settings.versionNames(), host ? engine.getEnabledProtocols() : engine.getSupportedProtocols());
        if (versions.length == 0) {
            throw OpenSslException.ssl("NO_PROTOCOLS_AVAILABLE");
        }
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(versions);
        // An engine of our own has every suite that settings can name.
        List<String> suites = settings.suiteNames();
        parameters.setCipherSuites(
                host ? common(suites, engine.getEnabledCipherSuites()) : suites.toArray(String[]::new));
        if (settings.securityLevel() > 0) {
            AlgorithmConstraints others = host ? parameters.getAlgorithmConstraints() : null;
            parameters.setAlgorithmConstraints(new LevelConstraints(settings.securityLevel(), others));
        }
        parameters.setApplicationProtocols(settings.applicationProtocols().toArray(String[]::new));
        parameters.setNamedGroups(
                settings.group() == null
                        ? GroupOrder.of(parameters.getNamedGroups())
                        : new String[] {settings.group()});
        return parameters;
    }

    private static String[] common(List<String> wanted, String[] able) {
        return wanted.stream().filter(List.of(able)::contains).toArray(String[]::new);
    }
}
