package io.github.pysockets.tls.cert;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;

/** Whether a private and a public key belong together: X509_check_private_key(3). */
final class KeyMatch {
    private static final int PROBE = 32;

    private KeyMatch() {}

    /** Whether a public key is on an elliptic curve that the JDK does not have, so that its TLS cannot use it. */
    static boolean isOfUnknownCurve(PublicKey open) {
        if (!(open instanceof ECPublicKey)) {
            return false;
        }
        try {
            KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(open.getEncoded()));
            return false;
        } catch (GeneralSecurityException unknown) {
            return true;
        }
    }

    /** Whether the JDK can sign by a key; there are curves that it reads only. */
    static boolean canSign(PrivateKey secret) {
        try {
            Signature signature = signature(secret);
            signature.initSign(secret);
            signature.update(new byte[PROBE]);
            signature.sign();
            return true;
        } catch (GeneralSecurityException unable) {
            return false;
        }
    }

    /** Whether both are for the same algorithm. */
    static boolean isSameKind(PublicKey open, PrivateKey secret) {
        return kind(open).equals(kind(secret));
    }

    /** Whether the public key verifies what the private key signs. */
    static boolean isPair(PublicKey open, PrivateKey secret) {
        if (open instanceof RSAPublicKey rsa && secret instanceof RSAPrivateKey own) {
            return rsa.getModulus().equals(own.getModulus());
        }
        if (open instanceof ECPublicKey curve
                && secret instanceof ECPrivateKey own
                && !curve.getParams().getCurve().equals(own.getParams().getCurve())) {
            return false;
        }
        try {
            byte[] probe = new byte[PROBE];
            new SecureRandom().nextBytes(probe);
            Signature signature = signature(secret);
            signature.initSign(secret);
            signature.update(probe);
            byte[] signed = signature.sign();
            Signature check = signature(secret);
            check.initVerify(open);
            check.update(probe);
            return check.verify(signed);
        } catch (GeneralSecurityException noPair) {
            return false;
        }
    }

    private static Signature signature(PrivateKey secret) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(switch (secret.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "DSA" -> "SHA256withDSA";
            case "RSASSA-PSS" -> "RSASSA-PSS";
            default -> secret.getAlgorithm();
        });
        if ("RSASSA-PSS".equals(secret.getAlgorithm())) {
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        }
        return signature;
    }

    /** The two Edwards curves are different kinds. */
    private static String kind(Key key) {
        return key instanceof EdECKey edwards ? edwards.getParams().getName() : key.getAlgorithm();
    }
}
