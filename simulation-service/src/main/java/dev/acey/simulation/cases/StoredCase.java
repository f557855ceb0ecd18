package dev.acey.simulation.cases;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.entry.LogEntry;
import dev.acey.simulation.replay.Case;
import dev.acey.simulation.replay.CaseResult;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;

/**
 * A case as it was read from the store.
 *
 * @param entry JSON; null where only the result was read
 * @param candidate JSON; null without a recorded answer of the candidate
 * @param result JSON; null before the case was judged
 */
public record StoredCase(
        int position, String taskType, UUID logId, Buffer entry, Buffer candidate, Buffer result) {

    public Case toCase(ObjectMapper json) {
        return new Case(
                position,
                read(json, entry, LogEntry.class),
                candidate == null ? null : read(json, candidate, ObjectNode.class));
    }

    public CaseResult toResult(ObjectMapper json) {
        return read(json, result, CaseResult.class);
    }

    private static <T> T read(ObjectMapper json, Buffer bytes, Class<T> type) {
        try {
            return json.readValue(bytes.getBytes(), type);
        } catch (IOException e) {
            throw new UncheckedIOException("a stored case holds unreadable JSON", e);
        }
    }
}
