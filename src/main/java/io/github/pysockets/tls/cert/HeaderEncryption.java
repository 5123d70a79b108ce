package io.github.pysockets.tls.cert;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The old encryption of PEM by headers (RFC 1421), with the ciphers that Bouncy Castle's reader of PEM lacks. */
final class HeaderEncryption {
    private static final Pattern INFO =
            Pattern.compile("DEK-Info:[ \\t]*(CAMELLIA|ARIA|SEED)(?:-(128|192|256))?-CBC,[ \\t]*(\\p{XDigit}{32})\\s*");
    private static final int SALT = 8;

    private HeaderEncryption() {}

    /**
     * The block without its encryption.
     *
     * @return null where it has another cipher, or where the password is wrong
     */
    static PemBlock decrypted(PemBlock block, byte[] password) {
        Matcher info = block.headers() == null ? null : INFO.matcher(block.headers());
        if (info == null || !info.find()) {
            return null;
        }
        byte[] initial = HexFormat.of().parseHex(info.group(3));
        int length = info.group(2) == null ? 16 : Integer.parseInt(info.group(2)) / 8;
        try {
            Cipher cipher = Cipher.getInstance(info.group(1) + "/CBC/PKCS5Padding", BouncyCastle.provider());
            byte[] key = key(password, Arrays.copyOf(initial, SALT), length);
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, info.group(1)), new IvParameterSpec(initial));
            return new PemBlock(block.label(), null, cipher.doFinal(block.content()));
        } catch (GeneralSecurityException wrong) {
            return null;
        }
    }

    /** EVP_BytesToKey(3) with MD5, which is what this encryption uses. */
    private static byte[] key(byte[] password, byte[] salt, int length) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("MD5");
        byte[] key = {};
        byte[] last = {};
        while (key.length < length) {
            digest.update(last);
            digest.update(password);
            last = digest.digest(salt);
            int held = key.length;
            key = Arrays.copyOf(key, held + last.length);
            System.arraycopy(last, 0, key, held, last.length);
        }
        return Arrays.copyOf(key, length);
    }
}
