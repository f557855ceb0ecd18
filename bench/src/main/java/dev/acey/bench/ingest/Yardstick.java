package dev.acey.bench.ingest;

import dev.acey.bench.system.AceySystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * What PostgreSQL's own programs reach on the same server with tables of the same columns, indexes,
 * constraints and partitions.
 */
final class Yardstick {

    private static final List<String> TABLES = List.of("entry", "payload");

    private final AceySystem system;
    private final Path files;

    Yardstick(AceySystem system) {
        this.system = system;
        this.files = system.data("yardstick");
    }

    /** Makes the tables, empty, with the partitions that the service's own have now. */
    void prepare() throws IOException {
        Files.createDirectories(files);
        execute("DROP SCHEMA IF EXISTS yardstick CASCADE", "CREATE SCHEMA yardstick");
        for (String table : TABLES) {
            execute(
                    "CREATE TABLE yardstick.%1$s (LIKE log.%1$s INCLUDING ALL) PARTITION BY RANGE (day)"
                            .formatted(table));
            for (String partition :
                    column(
                            "SELECT relid::regclass::text FROM pg_partition_tree('log.%s') WHERE isleaf"
                                    .formatted(table))) {
                String bounds =
                        column(
                                        "SELECT pg_get_expr(relpartbound, oid) FROM pg_class WHERE oid = '%s'::regclass"
                                                .formatted(partition))
                                .get(0);
                execute(
                        "CREATE TABLE yardstick.%s PARTITION OF yardstick.%s %s"
                                .formatted(
                                        partition.substring(partition.indexOf('.') + 1),
                                        table,
                                        bounds));
            }
        }
    }

    /** Writes what the service has stored into files, as {@code \copy} reads them. */
    void export(String format) {
        for (String table : TABLES) {
            psql(
                    "\\copy (SELECT * FROM log.%s) TO '%s' (FORMAT %s)"
                            .formatted(table, file(table, format), format));
        }
    }

    /** How long {@code \copy} takes to bring the rows in, seconds. */
    double copy(String format) {
        execute("TRUNCATE yardstick.entry, yardstick.payload", "CHECKPOINT");
        long start = System.nanoTime();
        psql(
                TABLES.stream()
                        .map(
                                table ->
                                        "\\copy yardstick.%s FROM '%s' (FORMAT %s)"
                                                .formatted(table, file(table, format), format))
                        .toArray(String[]::new));
        return (System.nanoTime() - start) / 1e9;
    }

    /** Commits of one row each, a prepared statement, from so many clients. */
    PostLoad.Result inserts(int clients, int seconds) throws IOException {
        execute("TRUNCATE yardstick.entry, yardstick.payload", "CHECKPOINT");
        Path script = files.resolve("insert.sql");
        Files.writeString(script, insertOfAStoredRow());
        Path logs = Files.createTempDirectory(files, "pgbench");
        run(
                "pgbench",
                "--no-vacuum",
                "--protocol=prepared",
                "--client=" + clients,
                "--jobs=1",
                "--time=" + seconds,
                "--log",
                "--log-prefix=" + logs.resolve("log"),
                "--file=" + script);
        Histogram latencies = new Histogram(3);
        try (Stream<Path> written = Files.list(logs)) {
            for (Path log : written.toList()) {
                try (Stream<String> lines = Files.lines(log)) {
                    lines.forEach(
                            line -> latencies.recordValue(Long.parseLong(line.split(" ")[2])));
                }
            }
        }
        return new PostLoad.Result(
                (double) latencies.getTotalCount() / seconds, latencies, Map.of());
    }

    List<String> column(String query) {
        try (Connection connection = system.database();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    /** The row that was stored last, under a new id of now. */
    private String insertOfAStoredRow() {
        String columns =
                String.join(
                        ", ",
                        column(
                                "SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = 'log.entry'::regclass"
                                        + " AND attnum > 0 AND NOT attisdropped AND attgenerated = ''"
                                        + " AND attname NOT IN ('day', 'id', 'ts') ORDER BY attnum"));
        String literals =
                column(
                                ("SELECT concat_ws(', ', %s) FROM (SELECT * FROM log.entry ORDER BY day DESC, ts DESC"
                                                + " LIMIT 1) e")
                                        .formatted(literalsOf(columns)))
                        .get(0);
        String body =
                column(
                                "SELECT quote_literal(body) FROM log.payload JOIN (SELECT day, id FROM log.entry"
                                        + " ORDER BY day DESC, ts DESC LIMIT 1) e USING (day, id)")
                        .get(0);
        return """
        WITH row AS (
          INSERT INTO yardstick.entry (day, id, ts, %s)
          VALUES ((now() AT TIME ZONE 'UTC')::date, uuidv7(), now(), %s) RETURNING day, id)
        INSERT INTO yardstick.payload (day, id, body) SELECT day, id, %s::bytea FROM row;
        """
                .replace("\n", " ")
                .formatted(columns, literals, body);
    }

    private static String literalsOf(String columns) {
        return Stream.of(columns.split(", "))
                .map("quote_nullable(%s)"::formatted)
                .reduce((a, b) -> a + ", " + b)
                .orElseThrow();
    }

    private Path file(String table, String format) {
        return files.resolve(table + "." + format);
    }

    void execute(String... statements) {
        try (Connection connection = system.database();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(String.join("; ", statements), e);
        }
    }

    private void psql(String... commands) {
        List<String> command = new ArrayList<>(List.of("psql", "--quiet", "--no-psqlrc"));
        Stream.of(commands).forEach(c -> command.addAll(List.of("--command", c)));
        run(command.toArray(String[]::new));
    }

    private void run(String... command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", system.superuserPassword());
        builder.environment().put("PGUSER", "postgres");
        builder.environment().put("PGHOST", "127.0.0.1");
        builder.environment().put("PGPORT", Integer.toString(system.postgresPort()));
        builder.environment().put("PGDATABASE", "acey");
        try {
            Process process = builder.start();
            String printed =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command[0] + " failed: " + printed);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
