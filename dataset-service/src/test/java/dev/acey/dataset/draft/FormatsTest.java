package dev.acey.dataset.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.openai.core.ObjectMappers;
import com.openai.models.chat.completions.ChatCompletionMessageParam;
import dev.acey.dataset.Entries;
import dev.acey.dataset.choose.ChoiceRules;
import dev.acey.dataset.choose.Shares;
import dev.acey.kit.task.Format;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written, read by programs that others wrote. */
class FormatsTest {

    private static final ChoiceRules ALL =
            new ChoiceRules(true, 0.8, 1, 1_000, Shares.UNDIVIDED, 0);

    @ParameterizedTest
    @EnumSource(Format.class)
    void eachLineIsAsThePublishedFormatHasIt(Format format) throws Exception {
        List<String> lines = write(format);

        JsonSchema schema = schema(format);
        for (String line : lines) {
            assertEquals(List.of(), List.copyOf(schema.validate(Entries.parse(line))), line);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"CHAT", "PREFERENCE"})
    void messagesAreWhatOpenAisOwnTypesTake(Format format) throws Exception {
        for (String line : write(format)) {
            JsonNode json = Entries.parse(line);
            JsonNode messages =
                    json.has("input") ? json.at("/input/messages") : json.get("messages");
            for (JsonNode message : messages) {
                ObjectMappers.jsonMapper()
                        .readValue(message.toString(), ChatCompletionMessageParam.class)
                        .validate();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INSTRUCTION    | instruction VARCHAR, input VARCHAR, output VARCHAR",
                "CHAT           | messages STRUCT(\"role\" VARCHAR, \"content\" VARCHAR)[]",
                "CLASSIFICATION | text VARCHAR, label VARCHAR",
                "STRUCTURED     | prompt VARCHAR, completion VARCHAR",
                "PREFERENCE     | input STRUCT(messages STRUCT(\"role\" VARCHAR, \"content\""
                        + " VARCHAR)[]), preferred_output STRUCT(\"role\" VARCHAR, \"content\""
                        + " VARCHAR)[], non_preferred_output STRUCT(\"role\" VARCHAR, \"content\""
                        + " VARCHAR)[]"
            })
    void aReaderOfJsonLinesSeesTheColumnsOfTheFormat(Format format, String columns)
            throws Exception {
        List<String> lines = write(format);
        Path file = Files.createTempFile("dataset", ".jsonl");
        Files.write(file, lines);

        try (Connection duckdb = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = duckdb.createStatement()) {
            String read = "read_json('" + file + "', format = 'newline_delimited')";
            assertEquals(columns, columns(statement, read));
            try (ResultSet count = statement.executeQuery("SELECT count(*) FROM " + read)) {
                assertTrue(count.next());
                assertEquals(lines.size(), count.getLong(1));
            }
        } finally {
            Files.delete(file);
        }
    }

    private static String columns(Statement statement, String read) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet found = statement.executeQuery("DESCRIBE SELECT * FROM " + read)) {
            while (found.next()) {
                columns.add(found.getString(1) + " " + found.getString(2));
            }
        }
        return String.join(", ", columns);
    }

    private static JsonSchema schema(Format format) throws IOException {
        String name = "/formats/" + format.name().toLowerCase(Locale.ROOT) + ".json";
        try (InputStream in = FormatsTest.class.getResourceAsStream(name)) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(in);
        }
    }

    /** The lines of a dataset in which there is something of everything. */
    private static List<String> write(Format format) throws Exception {
        List<ObjectNode> entries = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            ObjectNode entry =
                    Entries.good(i).put("llmPrompt", "é 漢 😀 \" \\ \n question " + i / 2);
            if (i % 2 == 1) {
                entry.put("controlDecision", "rejected");
            }
            if (i % 3 == 0) {
                entry.set(
                        "llmPrompt",
                        Entries.json(
                                "[{'role': 'system', 'content': 'Be kind.'},"
                                        + " {'role': 'user', 'content': 'Hi "
                                        + i / 6
                                        + "'}]"));
            }
            ((ObjectNode) entry.get("aceyOutput"))
                    .putArray("intents")
                    .addObject()
                    .put("type", "x")
                    .put("delta", 0.1);
            entries.add(entry);
        }
        List<String> lines = new ArrayList<>();
        Drafts.prepare(
                List.of(Drafts.plan("game", format, ALL)),
                entries,
                7,
                (task, directory) ->
                        lines.addAll(Files.readAllLines(directory.resolve("game-dataset.jsonl"))));
        assertTrue(lines.size() > 1, lines.toString());
        return lines;
    }
}
