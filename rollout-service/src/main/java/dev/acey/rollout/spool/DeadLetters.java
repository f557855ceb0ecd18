package dev.acey.rollout.spool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Entries that log-service refuses for good, for a person to look at: a line each. Blocking. */
final class DeadLetters {

    private final Path file;
    private final ObjectMapper json;

    DeadLetters(Path directory, ObjectMapper json) {
        this.file = directory.resolve("refused.ndjson");
        this.json = json;
    }

    void add(SpoolRecord entry, String reason) throws IOException {
        Files.write(
                file, line(entry, reason), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private byte[] line(SpoolRecord entry, String reason) throws JsonProcessingException {
        String raw = new String(entry.line(), StandardCharsets.UTF_8);
        String line =
                json.writeValueAsString(
                        json.createObjectNode()
                                .put("reason", reason)
                                .putRawValue("entry", new RawValue(raw)));
        return (line + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
