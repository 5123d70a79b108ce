package io.github.pysockets.tls.cert;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEInputDecryptorProviderBuilder;

/** A private key that is encrypted, or in one of the rarer old forms. */
final class EncryptedKey {
    private EncryptedKey() {}

    /**
     * The key in unencrypted PKCS#8.
     *
     * @param password null for none
     * @return null where it is not a key, or where the password is wrong
     */
    static byte[] pkcs8(PemBlock block, byte[] password) {
        PemBlock decrypted = password == null ? null : HeaderEncryption.decrypted(block, password);
        return parsed(decrypted == null ? block : decrypted, password);
    }

    private static byte[] parsed(PemBlock block, byte[] password) {
        try (PEMParser parser = new PEMParser(new StringReader(block.pem()))) {
            PrivateKeyInfo info = switch (parser.readObject()) {
                case PEMKeyPair pair -> pair.getPrivateKeyInfo();
                case PEMEncryptedKeyPair encrypted -> decrypt(encrypted, characters(password));
                case PKCS8EncryptedPrivateKeyInfo encrypted -> decrypt(encrypted, characters(password));
                case null, default -> null;
            };
            return info == null ? null : info.getEncoded();
        } catch (IOException | PKCSException noKey) {
            return null;
        }
    }

    private static PrivateKeyInfo decrypt(PKCS8EncryptedPrivateKeyInfo encrypted, char[] password)
            throws PKCSException {
        if (!KdfLimits.allows(encrypted.toASN1Structure().getEncryptionAlgorithm())) {
            throw new PKCSException("its key derivation costs too much");
        }
        return encrypted.decryptPrivateKeyInfo(new JcePKCSPBEInputDecryptorProviderBuilder()
                .setProvider(BouncyCastle.provider())
                .setKeySizeProvider(new CipherKeySizes())
                .build(password));
    }

    private static PrivateKeyInfo decrypt(PEMEncryptedKeyPair encrypted, char[] password) throws IOException {
        return encrypted
                .decryptKeyPair(new JcePEMDecryptorProviderBuilder()
                        .setProvider(BouncyCastle.provider())
                        .build(password))
                .getPrivateKeyInfo();
    }

    /** Bouncy Castle encodes them to the same bytes again. */
    private static char[] characters(byte[] password) {
        return StandardCharsets.UTF_8.decode(ByteBuffer.wrap(password)).toString().toCharArray();
    }
}
