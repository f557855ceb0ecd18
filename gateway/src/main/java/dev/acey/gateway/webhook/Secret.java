package dev.acey.gateway.webhook;

import dev.acey.kit.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a webhook is signed with: 24 to 64 bytes, in text base64 behind {@code whsec_}, as Standard
 * Webhooks has it.
 */
public final class Secret {

    private static final String PREFIX = "whsec_";
    private static final String HMAC = "HmacSHA256";
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;
    private static final int GENERATED = 32;

    private final byte[] key;

    private Secret(byte[] key) {
        this.key = key;
    }

    static Secret random(SecureRandom random) {
        byte[] key = new byte[GENERATED];
        random.nextBytes(key);
        return new Secret(key);
    }

    /** As the database keeps it. */
    public static Secret ofKey(byte[] key) {
        return new Secret(key.clone());
    }

    /** 400 for a text that is no secret; the answer does not repeat it. */
    static Secret of(String text) {
        try {
            if (text.startsWith(PREFIX)) {
                byte[] key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
                if (key.length >= SHORTEST && key.length <= LONGEST) {
                    return new Secret(key);
                }
            }
        } catch (IllegalArgumentException e) {
            throw notOne();
        }
        throw notOne();
    }

    byte[] key() {
        return key.clone();
    }

    String text() {
        return PREFIX + Base64.getEncoder().encodeToString(key);
    }

    /**
     * The header {@code webhook-signature}: {@code v1,} and the base64 of the HMAC-SHA-256 of id,
     * timestamp and body, joined by dots.
     *
     * @param timestamp the header {@code webhook-timestamp}, in seconds since 1970
     */
    public String sign(String id, long timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }

    /** Tells nothing, so that no log line can. */
    @Override
    public String toString() {
        return PREFIX + "…";
    }

    private static ProblemException notOne() {
        return ProblemException.invalid(
                "/secret",
                "must be whsec_ and the base64 of " + SHORTEST + " to " + LONGEST + " bytes");
    }
}
