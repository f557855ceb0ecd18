package dev.acey.bench.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;

/**
 * The same filter and exact deduplication in SQL, in a process of its own: texts are equal after
 * Unicode's canonical composition and with each run of white space taken as one blank, and the most
 * confident of each stays, then the oldest. It need not keep the order.
 */
final class DuckDbRun {

    private static final String PREPARE =
            """
            COPY (
              SELECT arg_max({'instruction': 'Do it.', 'input': llmPrompt, 'output': speech},
                (confidence, -epoch_ms(timestamp))) AS example
              FROM (
                SELECT llmPrompt, aceyOutput.speech AS speech, confidence, timestamp,
                  md5(nfc_normalize(trim(regexp_replace(llmPrompt, '\\s+', ' ', 'g'))) || chr(1)
                    || nfc_normalize(trim(regexp_replace(aceyOutput.speech, '\\s+', ' ', 'g')))) AS key
                FROM read_json('%s', format = 'newline_delimited', columns = {
                  id: 'VARCHAR', timestamp: 'TIMESTAMP', llmPrompt: 'VARCHAR',
                  aceyOutput: 'STRUCT(speech VARCHAR)', controlDecision: 'VARCHAR',
                  confidence: 'DOUBLE', context: 'STRUCT(environment VARCHAR)',
                  error: 'STRUCT(type VARCHAR)'})
                WHERE error IS NULL AND coalesce(context.environment, 'live') = 'live'
                  AND controlDecision IN ('approved', 'modified')
                  AND (confidence IS NULL OR confidence >= 0.5)
                  AND trim(llmPrompt) <> '' AND trim(aceyOutput.speech) <> ''
              )
              GROUP BY key
            ) TO '%s' (FORMAT json)
            """;

    private DuckDbRun() {}

    /** Arguments: the file, a directory for the dataset, threads. */
    public static void main(String[] args) throws Exception {
        Path directory = Files.createDirectories(Path.of(args[1]));
        Path out = directory.resolve("duckdb.jsonl");
        long start = System.nanoTime();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET threads = " + args[2]);
            statement.execute("SET temp_directory = '" + directory.resolve("duckdb.tmp") + "'");
            statement.execute("SET preserve_insertion_order = false");
            statement.execute(PREPARE.formatted(args[0], out));
            double seconds = (System.nanoTime() - start) / 1e9;
            try (ResultSet count =
                    statement.executeQuery(
                            "SELECT count(*) FROM read_ndjson_objects('" + out + "')")) {
                count.next();
                System.out.printf(
                        "%d examples, %.1f s, %s%n",
                        count.getLong(1), seconds, Memory.ofThisProcess());
            }
        }
    }
}
