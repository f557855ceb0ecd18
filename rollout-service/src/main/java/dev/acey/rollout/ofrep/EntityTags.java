package dev.acey.rollout.ofrep;

import dev.acey.kit.digest.Sha256;
import java.util.Arrays;

/** Entity tags (RFC 9110 section 8.8.3) and how they are compared. */
final class EntityTags {

    private static final int DIGITS = 32;

    private EntityTags() {}

    /** A strong tag: the same for the same bytes, and for no others. */
    static String of(byte[] content) {
        return '"' + Sha256.hex(content).substring(0, DIGITS) + '"';
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
