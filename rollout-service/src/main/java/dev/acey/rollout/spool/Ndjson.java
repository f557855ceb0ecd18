package dev.acey.rollout.spool;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Entries as lines of JSON, as log-service takes them. */
public final class Ndjson {

    private static final JsonMapper JSON = new JsonMapper();

    private Ndjson() {}

    public static byte[] of(List<SpoolRecord> entries) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (SpoolRecord entry : entries) {
            lines.writeBytes(entry.line());
            lines.write('\n');
        }
        return lines.toByteArray();
    }

    /** What {@link #of} wrote. */
    public static List<SpoolRecord> read(byte[] lines) {
        return new String(lines, StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.getBytes(StandardCharsets.UTF_8))
                .map(line -> SpoolRecord.entry(idOf(line), line))
                .toList();
    }

    private static UUID idOf(byte[] line) {
        try {
            return UUID.fromString(JSON.readTree(line).path("id").asText());
        } catch (IOException e) {
            throw new IllegalStateException("an entry of ours is no JSON", e);
        }
    }
}
