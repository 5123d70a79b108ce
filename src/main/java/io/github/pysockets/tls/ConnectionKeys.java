package io.github.pysockets.tls;

import io.github.pysockets.tls.cert.Identity;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Gives JSSE the keys of the context that the handshake under way belongs to. An alias is a number in that context's
 * list.
 */
final class ConnectionKeys extends X509ExtendedKeyManager {
    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        Handshake handshake = Handshake.current();
        return alias(handshake, keyType);
    }

    /** As OpenSSL's clients do, it sends the certificate that it has, whatever issuers the server names. */
    @Override
    public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
        Handshake handshake = Handshake.current();
        for (String keyType : keyTypes) {
            String alias = alias(handshake, keyType);
            if (alias != null) {
                return alias;
            }
        }
        return null;
    }

    private static String alias(Handshake handshake, String keyType) {
        int number = 0;
        for (Identity identity : handshake.context().identities()) {
            if (identity.key().getAlgorithm().equals(keyType)) {
                return Integer.toString(number);
            }
            number++;
        }
        return null;
    }

    private static Identity identity(String alias) {
        return Handshake.current().context().identities().get(Integer.parseInt(alias));
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        TlsContext context = Handshake.current().context();
        return identity(alias).chainToSend(context.trust()).toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return identity(alias).key();
    }

    // Of sockets and key stores, which are not used here

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        throw new UnsupportedOperationException();
    }
}
