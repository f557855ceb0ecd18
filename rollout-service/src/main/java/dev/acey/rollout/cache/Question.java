package dev.acey.rollout.cache;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What is asked, by whom: only the very same question of the same user is answered from memory.
 * Questions without a user are all of one, who has no name.
 *
 * @param sha256 over all of it, so that memory holds no question
 */
public record Question(String sha256) {

    /**
     * @param model that is to answer
     * @param key the stickiness key, or null
     * @param user or null
     * @param body of the request, as it goes to the model
     */
    public static Question of(
            String taskType, String model, String key, String user, JsonNode body) {
        MessageDigest digest = newDigest();
        for (String part : new String[] {taskType, model, key, user, body.toString()}) {
            byte[] bytes = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES)
                            .putInt(part == null ? -1 : bytes.length)
                            .flip());
            digest.update(bytes);
        }
        return new Question(HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
