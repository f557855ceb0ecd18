package dev.acey.kit.token;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * HMAC-SHA-256 under {@code acey.secret}, one key a purpose, so that people and keys can be told
 * apart without being named.
 */
@Singleton
public class KeyedHash {

    private static final int SHORTEST_SECRET = 32;
    private static final String HMAC = "HmacSHA256";

    private final byte[] secret;

    public KeyedHash(@ConfigProperty(name = "acey.secret") String secret) {
        if (secret.length() < SHORTEST_SECRET) {
            throw new IllegalArgumentException(
                    "acey.secret must be at least " + SHORTEST_SECRET + " characters");
        }
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    /** The first 128 bits, as 32 hexadecimal digits. */
    public String of(String purpose, String text) {
        byte[] mac = mac(purpose, text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(mac, 0, 16);
    }

    /**
     * A person, by the name calls give in {@code context.user}: the same in every service, so that
     * what they record of one erasure can be read together.
     */
    public String person(String user) {
        return of("log-entry-user", user);
    }

    byte[] mac(String purpose, byte[] message) {
        byte[] key = hmac(secret, purpose.getBytes(StandardCharsets.UTF_8));
        return hmac(key, message);
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }
}
