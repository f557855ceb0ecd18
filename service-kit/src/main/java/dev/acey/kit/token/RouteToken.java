package dev.acey.kit.token;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Signs what {@code /api/rollout/route} answered, so that log-service can believe a client that
 * says which arm served it. {@code base64url(claims).base64url(HMAC-SHA-256)}.
 */
@Singleton
public class RouteToken {

    /** A call is logged within a day of its routing, or its routing does not count. */
    public static final Duration VALID = Duration.ofHours(24);

    private static final String PURPOSE = "route-token";
    private static final int LONGEST = 4_096;

    private final KeyedHash hash;
    private final ObjectMapper json;

    public RouteToken(KeyedHash hash, ObjectMapper json) {
        this.hash = hash;
        this.json = json;
    }

    /**
     * What was routed.
     *
     * @param keyHash keyed hash of the stickiness key, or null
     * @param issuedAt milliseconds since the epoch
     */
    @RegisterForReflection
    public record Claims(
            String taskType,
            String variant,
            String model,
            String rolloutId,
            Integer stage,
            String keyHash,
            long issuedAt) {}

    public String sign(Claims claims) {
        try {
            byte[] body = json.writeValueAsBytes(claims);
            return encode(body) + "." + encode(hash.mac(PURPOSE, body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("claims always encode", e);
        }
    }

    /** The claims, if we signed them and not longer than {@link #VALID} before {@code now}. */
    public Optional<Claims> verify(String token, Instant now) {
        int dot = token.indexOf('.');
        if (dot < 0 || token.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            byte[] body = Base64.getUrlDecoder().decode(token.substring(0, dot));
            byte[] mac = Base64.getUrlDecoder().decode(token.substring(dot + 1));
            if (!MessageDigest.isEqual(mac, hash.mac(PURPOSE, body))) {
                return Optional.empty();
            }
            Claims claims = json.readValue(body, Claims.class);
            boolean fresh = now.toEpochMilli() - claims.issuedAt() <= VALID.toMillis();
            return fresh ? Optional.of(claims) : Optional.empty();
        } catch (IllegalArgumentException | IOException e) {
            return Optional.empty();
        }
    }

    private static String encode(byte[] bytes) {
        return new String(
                Base64.getUrlEncoder().withoutPadding().encode(bytes), StandardCharsets.US_ASCII);
    }
}
