package dev.acey.rollout.spool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Entries that log-service refuses for good, for a person to look at: a line each. The file is
 * bounded: once it is full, later ones are dropped and counted, so that those that tell how it
 * began are kept. Whoever has looked at it deletes it. Blocking.
 */
final class DeadLetters {

    private final Path file;
    private final long mostBytes;
    private final ObjectMapper json;

    DeadLetters(Path directory, long mostBytes, ObjectMapper json) {
        this.file = directory.resolve("refused.ndjson");
        this.mostBytes = mostBytes;
        this.json = json;
    }

    /**
     * @return whether there was room
     */
    synchronized boolean add(SpoolRecord entry, String reason) throws IOException {
        byte[] line = line(entry, reason);
        if (bytes() + line.length > mostBytes) {
            return false;
        }
        Files.write(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return true;
    }

    /** Takes out what people said who are erased. */
    synchronized void forget(ErasedPeople people) throws IOException {
        if (bytes() == 0) {
            return;
        }
        Path kept = file.resolveSibling("refused.ndjson.tmp");
        try (BufferedReader lines = Files.newBufferedReader(file);
                BufferedWriter out = Files.newBufferedWriter(kept)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode letter = read(line);
                if (letter != null && !people.cover(letter.path("entry"))) {
                    out.write(line);
                    out.write('\n');
                }
            }
        }
        Files.move(kept, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Null for half a line, which a loss of power left: nobody can tell whose it is. */
    private JsonNode read(String line) {
        try {
            return json.readTree(line);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private long bytes() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
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
