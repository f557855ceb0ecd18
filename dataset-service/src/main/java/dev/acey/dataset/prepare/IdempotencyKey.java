package dev.acey.dataset.prepare;

import dev.acey.dataset.hash.Sha256;
import dev.acey.kit.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;

/** The header by which a client may ask twice and get one job. */
final class IdempotencyKey {

    static final String HEADER = "Idempotency-Key";

    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private IdempotencyKey() {}

    /** The name of the job this key stands for; null without a key. */
    static String jobName(String key) {
        if (key == null) {
            return null;
        }
        if (!FORM.matcher(key).matches()) {
            throw ProblemException.invalid(
                    "/" + HEADER, "must be 1 to 255 visible ASCII characters");
        }
        MessageDigest digest = Sha256.digest();
        digest.update(key.getBytes(StandardCharsets.US_ASCII));
        return "key-" + Sha256.hex(digest);
    }
}
