package dev.acey.dataset.compare;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;

/**
 * How a version differs from another. Examples are known by the entry they were made of.
 *
 * @param unchanged examples of the same entry with the same text in the same part
 * @param added what came
 * @param removed what went
 * @param changed the same entry with another text, as after a person's correction
 * @param moved the same text in another part of the split
 * @param settings of the preparation that differ
 */
@RegisterForReflection
public record VersionDiff(
        String filename,
        Side from,
        Side to,
        long unchanged,
        Some added,
        Some removed,
        Some changed,
        Some moved,
        Map<String, Values> settings) {

    /** One of the two. */
    @RegisterForReflection
    public record Side(int version, long examples, String sha256) {}

    /**
     * Some examples.
     *
     * @param logIds of the first 100
     */
    @RegisterForReflection
    public record Some(long count, List<String> logIds) {}

    /** A setting before and after. */
    @RegisterForReflection
    public record Values(JsonNode from, JsonNode to) {}
}
