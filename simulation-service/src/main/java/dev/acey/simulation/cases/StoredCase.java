package dev.acey.simulation.cases;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.entry.LogEntry;
import dev.acey.simulation.replay.Answer;
import dev.acey.simulation.replay.Case;
import dev.acey.simulation.replay.CaseResult;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;

/**
 * A case as it was read from the store; all but position and task type JSON, null where there is
 * none or it was not read.
 *
 * @param candidate a recorded answer of the candidate
 * @param demonstration the right answer as a person gave it
 * @param asked what the candidate answered
 * @param judge what the judge said, the baseline's answer shown first
 * @param judgeSwapped what the judge said, the candidate's answer shown first
 * @param result null before the case was judged
 */
public record StoredCase(
        int position,
        String taskType,
        UUID logId,
        Buffer entry,
        Buffer candidate,
        Buffer demonstration,
        Buffer asked,
        Buffer judge,
        Buffer judgeSwapped,
        Buffer result) {

    /** The position after the last of a page; 0 for an empty one. */
    public static int after(List<StoredCase> page) {
        return page.isEmpty() ? 0 : page.get(page.size() - 1).position() + 1;
    }

    public Case toCase(ObjectMapper json) {
        return new Case(
                position,
                read(json, entry, LogEntry.class),
                read(json, candidate, ObjectNode.class),
                read(json, demonstration, ObjectNode.class),
                read(json, asked, Answer.class),
                read(json, judge, Answer.class),
                read(json, judgeSwapped, Answer.class));
    }

    public CaseResult toResult(ObjectMapper json) {
        return read(json, result, CaseResult.class);
    }

    private static <T> T read(ObjectMapper json, Buffer bytes, Class<T> type) {
        try {
            return bytes == null ? null : json.readValue(bytes.getBytes(), type);
        } catch (IOException e) {
            throw new UncheckedIOException("a stored case holds unreadable JSON", e);
        }
    }
}
