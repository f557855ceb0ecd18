package dev.acey.log.store;

import dev.acey.kit.json.JsonConventions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;

/** An entry as it is read from its tables. */
public final class EntryRow {

    /** What is read, of an entry {@code e} and its payload {@code p}. */
    public static final String COLUMNS =
            "e.ts, e.id, e.decision, e.final_action, e.review, p.body, e.task_type,"
                    + " e.environment, e.variant, e.model, e.confidence, e.response_time, e.cost,"
                    + " e.failed, e.findings, e.erased";

    /** The payload of an entry {@code e} of any day. */
    public static final String WITH_PAYLOAD = withPayload("e.day");

    private EntryRow() {}

    /**
     * The payload of an entry {@code e}: looked up row by row, whatever the statistics say.
     *
     * @param day as SQL; of a literal one no other partition is planned for, which takes longer
     *     than the reading
     */
    public static String withPayload(String day) {
        return """
        LEFT JOIN LATERAL (
          SELECT body FROM payload WHERE payload.day = %s AND payload.id = e.id OFFSET 0
        ) p ON TRUE
        """
                .formatted(day);
    }

    /**
     * The whole entry as it is answered. Where its payload is past its retention, it is made of
     * what stands in columns, and says that it cannot be replayed.
     */
    public static Buffer whole(Row row) {
        Buffer body = row.get(Buffer.class, 5);
        return whole(row, body == null ? bare(row) : body);
    }

    /** The whole entry, with a payload from elsewhere. */
    public static Buffer whole(Row row, Buffer payload) {
        return EntryJson.whole(
                payload, row.getString(2), row.get(Buffer.class, 3), row.get(Buffer.class, 4));
    }

    /** Whether the payload is past its retention. */
    public static boolean isBare(Row row) {
        return row.get(Buffer.class, 5) == null;
    }

    private static Buffer bare(Row row) {
        JsonObject entry = new JsonObject();
        entry.put("id", row.getUUID("id").toString());
        entry.put("taskType", row.getString("task_type"));
        entry.put("timestamp", JsonConventions.format(row.getOffsetDateTime("ts").toInstant()));
        entry.put("context", new JsonObject().put("environment", row.getString("environment")));
        entry.putNull("llmPrompt").putNull("llmOutput").putNull("aceyOutput");
        entry.put(
                "performance",
                new JsonObject()
                        .put("responseTime", row.getDouble("response_time"))
                        .put("cost", row.getDouble("cost")));
        entry.put("confidence", row.getDouble("confidence"));
        boolean judged = row.getInteger("findings") != null;
        entry.put("autoRules", judged ? new JsonObject().put("replayable", false) : null);
        String variant = row.getString("variant");
        entry.put("routing", variant == null ? null : new JsonObject().put("variant", variant));
        entry.put("error", row.getBoolean("failed") ? new JsonObject().put("type", "gone") : null);
        entry.put("metadata", new JsonObject().put("model", row.getString("model")));
        return Buffer.buffer(entry.toString());
    }
}
