package dev.acey.dataset.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.entry.LogEntry;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Some entries, oldest first, as they came; each is made only when it is looked at. What
 * log-service accepted is read without the limits that requests have.
 *
 * @param body {@code {logs: [...], demonstrations: {id: output}, nextCursor}}
 * @param demonstrations the right answers that persons gave, by the entry's id
 * @param nextCursor where the next page starts; null on the last
 */
public record Page(byte[] body, Map<UUID, ObjectNode> demonstrations, String nextCursor) {

    private static final ObjectReader DEMONSTRATIONS =
            EntryReader.MAPPER.readerFor(new TypeReference<Map<UUID, ObjectNode>>() {});

    /**
     * Finds the cursor without making the entries, so that the next page can be asked for while
     * this one is worked on.
     */
    public static Page of(byte[] body) throws IOException {
        String[] cursor = new String[1];
        Map<UUID, ObjectNode> demonstrations = new HashMap<>();
        fields(
                body,
                (name, parser) -> {
                    switch (name) {
                        case "nextCursor" -> cursor[0] = parser.getValueAsString();
                        case "demonstrations" ->
                                demonstrations.putAll(DEMONSTRATIONS.readValue(parser));
                        default -> parser.skipChildren();
                    }
                });
        return new Page(body, demonstrations, cursor[0]);
    }

    /** Gives each entry in order. CPU-bound: belongs on a worker. */
    public void forEach(Consumer<Call> consumer) throws IOException {
        fields(
                body,
                (name, parser) -> {
                    if (!name.equals("logs")) {
                        parser.skipChildren();
                        return;
                    }
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        LogEntry entry = EntryReader.read(parser);
                        consumer.accept(new Call(entry, demonstrations.get(entry.id())));
                    }
                });
    }

    private interface Field {
        void read(String name, JsonParser parser) throws IOException;
    }

    private static void fields(byte[] body, Field field) throws IOException {
        try (JsonParser parser = EntryReader.MAPPER.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("a page of entries must be a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                field.read(name, parser);
            }
        }
    }
}
