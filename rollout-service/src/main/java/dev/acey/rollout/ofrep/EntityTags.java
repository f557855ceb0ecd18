package dev.acey.rollout.ofrep;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Entity tags (RFC 9110 section 8.8.3) and how they are compared. */
final class EntityTags {

    private EntityTags() {}

    /** A strong tag: the same for the same bytes, and for no others. */
    static String of(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return '"' + HexFormat.of().formatHex(hash, 0, 16) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Whether an {@code If-None-Match} names the tag, weakly compared; null names none. */
    static boolean names(String ifNoneMatch, String tag) {
        return ifNoneMatch != null
                && (ifNoneMatch.strip().equals("*")
                        || Arrays.stream(ifNoneMatch.split(",", -1))
                                .map(String::strip)
                                .map(named -> named.startsWith("W/") ? named.substring(2) : named)
                                .anyMatch(tag::equals));
    }
}
