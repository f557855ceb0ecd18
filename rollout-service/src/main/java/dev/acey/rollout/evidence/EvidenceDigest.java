package dev.acey.rollout.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * SHA-256 of a document's parts as compact JSON, in their order: white space has no part in it. It
 * shows that something was changed that no verdict depends on, such as a threshold that was never
 * near; whoever computes it anew is found by the audit trail.
 */
final class EvidenceDigest {

    private final MessageDigest digest = Sha256.digest();

    void add(JsonNode part) {
        digest.update(part.toString().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
    }

    /** As {@code sha256:} and 64 hexadecimal digits; nothing can be added afterwards. */
    String text() {
        return "sha256:" + Sha256.hex(digest);
    }
}
