package dev.acey.rollout.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of a document's parts as compact JSON, in their order: white space has no part in it. It
 * shows that something was changed that no verdict depends on, such as a threshold that was never
 * near; whoever computes it anew is found by the audit trail.
 */
final class EvidenceDigest {

    private final MessageDigest digest;

    EvidenceDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    void add(JsonNode part) {
        digest.update(part.toString().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
    }

    /** As {@code sha256:} and 64 hexadecimal digits; nothing can be added afterwards. */
    String text() {
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }
}
