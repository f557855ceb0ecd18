package dev.acey.dataset.draft;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.lineage.Origins;
import dev.acey.dataset.source.Call;
import dev.acey.kit.json.JsonConventions;
import java.util.UUID;
import java.util.function.ToLongFunction;

/**
 * Where an example comes from.
 *
 * @param person as the file of persons has it
 * @param confidence NaN where nobody gave one
 */
record Origin(
        UUID log,
        String timestamp,
        long person,
        double confidence,
        String decision,
        boolean reviewed,
        String model) {

    static Origin of(Call call, ToLongFunction<String> persons) {
        Double confidence = call.entry().confidence();
        return new Origin(
                call.entry().id(),
                JsonConventions.format(call.entry().timestamp()),
                persons.applyAsLong(call.entry().user()),
                confidence == null ? Double.NaN : confidence,
                call.entry().controlDecision(),
                call.reviewed(),
                call.entry().model());
    }

    /** The hashes by which it is found again. */
    long[] hashes() {
        return new long[] {Origins.hash(log), person};
    }

    /**
     * A line of the file of sources.
     *
     * @param key of the example: the same text has the same
     */
    ObjectNode line(String key) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("logId", log.toString()).put("timestamp", timestamp);
        if (Double.isNaN(confidence)) {
            line.putNull("confidence");
        } else {
            line.put("confidence", confidence);
        }
        return line.put("decision", decision)
                .put("reviewed", reviewed)
                .put("model", model)
                .put("key", key);
    }
}
