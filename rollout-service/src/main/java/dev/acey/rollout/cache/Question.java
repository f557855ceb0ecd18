package dev.acey.rollout.cache;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.digest.Sha256;
import java.security.MessageDigest;

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
        MessageDigest digest = Sha256.digest();
        for (String part : new String[] {taskType, model, key, user, body.toString()}) {
            Sha256.add(digest, part);
        }
        return new Question(Sha256.hex(digest));
    }
}
