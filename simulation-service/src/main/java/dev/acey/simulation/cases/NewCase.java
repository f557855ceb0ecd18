package dev.acey.simulation.cases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.entry.LogEntry;
import io.vertx.core.buffer.Buffer;
import java.util.UUID;

/**
 * A case as it is stored.
 *
 * @param candidate null without a recorded answer of the candidate
 * @param demonstration null where nobody gave the right answer
 */
public record NewCase(
        String taskType, UUID logId, Buffer entry, Buffer candidate, Buffer demonstration) {

    public static NewCase of(
            ObjectMapper json, LogEntry entry, ObjectNode candidate, ObjectNode demonstration)
            throws JsonProcessingException {
        return new NewCase(
                entry.taskType(),
                entry.id(),
                Buffer.buffer(json.writeValueAsBytes(entry)),
                bytes(json, candidate),
                bytes(json, demonstration));
    }

    private static Buffer bytes(ObjectMapper json, ObjectNode output)
            throws JsonProcessingException {
        return output == null ? null : Buffer.buffer(json.writeValueAsBytes(output));
    }
}
