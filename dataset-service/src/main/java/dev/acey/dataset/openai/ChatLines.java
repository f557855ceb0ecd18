package dev.acey.dataset.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.task.Format;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Datasets in the layouts the API trains on: conversations ({@code messages}), and preferences as
 * they are. Every other format is a question and its answer, and becomes a conversation. Blocks;
 * memory holds a line.
 */
final class ChatLines {

    private static final JsonMapper JSON = new JsonMapper();

    private ChatLines() {}

    /** Writes the file's examples to another. */
    static void write(Path dataset, Format format, Path target) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(dataset);
                BufferedWriter out = Files.newBufferedWriter(target)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.write(of(line, format));
                out.write('\n');
            }
        }
    }

    static String of(String line, Format format) throws IOException {
        return switch (format) {
            case INSTRUCTION -> {
                JsonNode example = JSON.readTree(line);
                yield chat(
                        example.path("instruction").asText(),
                        example.path("input").asText(),
                        example.path("output").asText());
            }
            case CLASSIFICATION -> {
                JsonNode example = JSON.readTree(line);
                yield chat("", example.path("text").asText(), example.path("label").asText());
            }
            case STRUCTURED -> {
                JsonNode example = JSON.readTree(line);
                yield chat(
                        "", example.path("prompt").asText(), example.path("completion").asText());
            }
            default -> line;
        };
    }

    private static String chat(String system, String user, String assistant) throws IOException {
        ObjectNode example = JSON.createObjectNode();
        ArrayNode messages = example.putArray("messages");
        if (!system.isEmpty()) {
            messages.addObject().put("role", "system").put("content", system);
        }
        messages.addObject().put("role", "user").put("content", user);
        messages.addObject().put("role", "assistant").put("content", assistant);
        return JSON.writeValueAsString(example);
    }
}
