package dev.acey.bench.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One output of a file of log entries. */
record Spoken(String taskType, String speech) {

    /** The outputs of a file in NDJSON, in order. */
    static List<Spoken> read(Path file) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<Spoken> outputs = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode entry = json.readTree(line);
            outputs.add(
                    new Spoken(
                            entry.path("taskType").asText(),
                            entry.path("aceyOutput").path("speech").asText()));
        }
        return outputs;
    }
}
