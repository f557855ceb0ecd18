package dev.acey.log.query;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Some entries in order.
 *
 * @param next where to go on, or null if there is nothing after
 */
record EntryPage(List<StoredEntry> entries, Position next) {

    /** Of the last entry, on a page that has one. */
    Position last() {
        return entries.get(entries.size() - 1).position();
    }

    /** Without the entries whose payload is gone: nothing can be learnt or replayed from them. */
    EntryPage withPayloads() {
        return new EntryPage(entries.stream().filter(entry -> !entry.bare()).toList(), next);
    }

    List<UUID> ids() {
        return entries.stream().map(entry -> entry.position().id()).toList();
    }

    /** {@code {nextCursor, logs: […]}}: who reads it may ask for the next page at once. */
    Buffer toJson() {
        return start().appendString("}");
    }

    /**
     * {@code {nextCursor, logs: […], demonstrations: {id: {…}}}}.
     *
     * @param demonstrations as JSON, by the entry's id
     */
    Buffer toJson(Map<UUID, Buffer> demonstrations) {
        Buffer json = start().appendString(",\"demonstrations\":{");
        String separator = "";
        for (Map.Entry<UUID, Buffer> one : demonstrations.entrySet()) {
            json.appendString(separator + '"' + one.getKey() + "\":").appendBuffer(one.getValue());
            separator = ",";
        }
        return json.appendString("}}");
    }

    private Buffer start() {
        return Buffer.buffer("{\"nextCursor\":")
                .appendString(next == null ? "null" : '"' + next.cursor() + '"')
                .appendString(",\"logs\":[")
                .appendBuffer(StoredEntry.join(entries, ','))
                .appendString("]");
    }
}
