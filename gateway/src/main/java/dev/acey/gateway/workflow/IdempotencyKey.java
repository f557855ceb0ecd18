package dev.acey.gateway.workflow;

import dev.acey.kit.problem.ProblemException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.regex.Pattern;

/** The header by which a client may start a workflow twice and get one. */
final class IdempotencyKey {

    static final String HEADER = "Idempotency-Key";

    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private IdempotencyKey() {}

    /** The number of the workflow this key stands for: 19 digits, where times have 13. */
    static String number(String key) {
        if (!FORM.matcher(key).matches()) {
            throw ProblemException.invalid(
                    "/" + HEADER, "must be 1 to 255 visible ASCII characters");
        }
        byte[] digest = sha256().digest(key.getBytes(StandardCharsets.US_ASCII));
        BigInteger number = new BigInteger(1, Arrays.copyOf(digest, 16));
        BigInteger smallest = BigInteger.TEN.pow(18);
        return number.mod(smallest.multiply(BigInteger.valueOf(9))).add(smallest).toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
