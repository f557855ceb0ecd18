package dev.acey.kit.page;

import dev.acey.kit.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/** The opaque {@code cursor} of a list: where the page before ended. */
public final class Cursor {

    private static final int LONGEST = 2048;

    private Cursor() {}

    public static String encode(String position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }

    /** The position, or null without a cursor; 400 for a cursor we did not make. */
    public static String decode(String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return null;
        }
        try {
            if (cursor.length() <= LONGEST) {
                return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            }
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
        throw unknown();
    }

    /** The position of a list ordered by id; null without a cursor, 400 for one we did not make. */
    public static UUID decodeId(String cursor) {
        String position = decode(cursor);
        try {
            return position == null ? null : UUID.fromString(position);
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    /** 400: what a caller throws when the position inside makes no sense. */
    public static ProblemException unknown() {
        return ProblemException.invalid("/cursor", "is not one that a list here gave");
    }
}
