package dev.acey.kit.job;

import dev.acey.kit.digest.Sha256;
import dev.acey.kit.problem.ProblemException;
import java.util.regex.Pattern;

/** The header by which a client may order a job twice and get one. */
public final class IdempotencyKey {

    public static final String HEADER = "Idempotency-Key";

    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private IdempotencyKey() {}

    /** 400 for a key that is not 1 to 255 visible ASCII characters; null, no key, is none. */
    public static void check(String key) {
        if (key != null && !FORM.matcher(key).matches()) {
            throw ProblemException.invalid(
                    "/" + HEADER, "must be 1 to 255 visible ASCII characters");
        }
    }

    /** What stands for a key that may be kept: its SHA-256; 400 as {@link #check}. */
    public static byte[] digest(String key) {
        check(key);
        return Sha256.of(key);
    }
}
