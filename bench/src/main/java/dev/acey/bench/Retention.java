package dev.acey.bench;

import dev.acey.bench.system.AceySystem;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A day of many entries is dropped while single entries arrive at a steady rate: their latency
 * before and during, from the moment each was due, and the disk before and after.
 *
 * <pre>
 * java -cp bench/target/bench.jar dev.acey.bench.Retention [entries=1000000] [rate=100] [archive=true]
 * </pre>
 */
public final class Retention {

    private static final int DAYS_AGO = 20;
    private static final int BATCH = 100_000;
    private static final Duration BASELINE = Duration.ofSeconds(60);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    /** Columns as a client's plain call fills them; the payload has about a KiB. */
    private static final String FILL =
            """
            WITH made AS (
              SELECT timestamptz '%1$s 00:00Z' + n * interval '86 seconds' / 1000 AS ts, n
              FROM generate_series(%2$d, %3$d) n
            ), entries AS (
              INSERT INTO log.entry (day, id, ts, task_type, environment, decision, action, model,
                confidence, response_time, cost, failed, findings)
              SELECT DATE '%1$s',
                (lpad(to_hex((extract(epoch FROM ts) * 1000)::bigint), 12, '0') || '7'
                  || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid,
                ts, (ARRAY['game', 'website', 'graphics', 'audio'])[1 + n %% 4], 'live', 'approved',
                'deliver', 'acey-v1', (n %% 100) / 100.0, n %% 900, 0.0004, false, 0
              FROM made
              RETURNING day, id, ts, task_type
            )
            INSERT INTO log.payload (day, id, body)
            SELECT day, id, convert_to(format(
              '{"id":"%%s","taskType":"%%s","timestamp":"%%s","context":{},"llmPrompt":"%%s"}',
              id, task_type, to_char(ts AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
              (SELECT string_agg(md5(id::text || i), ' ') FROM generate_series(1, 28) i)), 'UTF8')
            FROM entries
            """;

    private static final String LARGEST =
            """
            SELECT oid::regclass::text, pg_total_relation_size(oid) FROM pg_class
            WHERE relkind = 'r' ORDER BY 2 DESC LIMIT 5
            """;

    private static final String ENTRY =
            "{\"taskType\":\"game\",\"llmPrompt\":\"%s\",\"aceyOutput\":"
                    + "{\"speech\":\"Nice hand!\",\"intents\":[]}}";

    private final AceySystem system;
    private final HttpClient http = HttpClient.newHttpClient();
    private final int rate;
    private final boolean archived;
    private final LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(DAYS_AGO);

    private Retention(AceySystem system, int rate, boolean archived) {
        this.system = system;
        this.rate = rate;
        this.archived = archived;
    }

    public static void main(String[] args) throws Exception {
        int entries = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        int rate = args.length > 1 ? Integer.parseInt(args[1]) : 100;
        String archive = args.length > 2 ? args[2] : "true";
        Map<String, String> environment =
                Map.of("ACEY_LOG_UPKEEP_EVERY", "5s", "ACEY_LOG_ARCHIVE_ENABLED", archive);
        try (AceySystem system = AceySystem.start(environment)) {
            System.out.printf(
                    "%,d entries, %d posts a second, archive %s%n", entries, rate, archive);
            new Retention(system, rate, Boolean.parseBoolean(archive)).run(entries);
        }
    }

    private void run(int entries) throws Exception {
        fill(entries);
        awaitQuiet();
        long full = databaseBytes();
        Load before = new Load();
        before.start();
        TimeUnit.SECONDS.sleep(BASELINE.toSeconds());
        before.stop();
        print("before", before);

        Load during = new Load();
        during.start();
        put("{\"logRetentionDays\":" + (DAYS_AGO - 2) + "}");
        long start = System.nanoTime();
        awaitNothing("SELECT count(*) FROM pg_class WHERE relname LIKE '%\\_" + suffix() + "'");
        double seconds = (System.nanoTime() - start) / 1e9;
        during.stop();
        print("during", during);
        System.out.printf("dropped after %.1f s%n", seconds);
        System.out.printf("p99 during / before: %.2f%n", during.p(99) / before.p(99));
        // The files of a dropped table go after its commit.
        sql("CHECKPOINT");
        System.out.printf(
                "database: %,d MB before, %,d MB after%n", full >> 20, databaseBytes() >> 20);
        printLargest();
    }

    private void printLargest() throws SQLException {
        try (Connection connection = system.database();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(LARGEST)) {
            while (rows.next()) {
                System.out.printf("  %s %,d MB%n", rows.getString(1), rows.getLong(2) >> 20);
            }
        }
    }

    private void fill(int entries) throws SQLException {
        sql("SELECT log.ensure_day(DATE '" + day + "')");
        for (int from = 0; from < entries; from += BATCH) {
            sql(FILL.formatted(day, from, Math.min(entries, from + BATCH) - 1));
        }
        sql("ANALYZE log.entry");
        // As arriving late entries do, if the empty day has been archived already.
        sql("UPDATE log.archived_day SET asked = asked + 1");
        sql("CHECKPOINT");
    }

    /**
     * The closed day is archived and indexed first, as it is in a system that runs all the time.
     */
    private void awaitQuiet() throws Exception {
        awaitNothing(
                "SELECT count(*) FROM (VALUES (DATE '%s')) d(day) WHERE day NOT IN (SELECT day FROM log.indexed_day)"
                        .formatted(day));
        if (archived) {
            awaitNothing(
                    "SELECT count(*) FROM (VALUES (DATE '%s')) d(day) WHERE day NOT IN (SELECT day FROM log.archived_day WHERE asked = written)"
                            .formatted(day));
        }
        sql("CHECKPOINT");
    }

    private void awaitNothing(String count) throws Exception {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (number(count) > 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("still not: " + count);
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private String suffix() {
        return day.toString().replace("-", "");
    }

    private long databaseBytes() throws SQLException {
        return number("SELECT pg_database_size('acey')");
    }

    private long number(String query) throws SQLException {
        try (Connection connection = system.database();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = system.database();
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    private void put(String body) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(system.service("log", "/api/logs/retention"))
                                .header("Content-Type", "application/json")
                                .PUT(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
    }

    private static void print(String name, Load load) {
        System.out.printf(
                "%s: %d posts, %d failed, p50 %.1f ms, p99 %.1f ms, max %.1f ms%n",
                name, load.sorted.length, load.failed.get(), load.p(50), load.p(99), load.p(100));
    }

    /** Posts that begin when they are due, whatever became of those before. */
    private final class Load {

        private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<CompletableFuture<?>> open =
                new ConcurrentLinkedQueue<>();
        private final AtomicInteger failed = new AtomicInteger();
        private final Thread clock = new Thread(this::tick, "load");
        private volatile boolean ended;
        private double[] sorted = {};

        void start() {
            clock.start();
        }

        void stop() throws InterruptedException {
            ended = true;
            clock.join();
            CompletableFuture.allOf(open.toArray(CompletableFuture[]::new)).join();
            sorted = nanos.stream().mapToDouble(n -> n / 1e6).sorted().toArray();
        }

        double p(int percent) {
            return sorted.length == 0
                    ? Double.NaN
                    : sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
        }

        private void tick() {
            HttpRequest request =
                    HttpRequest.newBuilder(system.service("log", "/api/log"))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(ENTRY.formatted("x".repeat(400))))
                            .build();
            long due = System.nanoTime();
            while (!ended) {
                long at = due;
                open.add(
                        http.sendAsync(request, BodyHandlers.discarding())
                                .handle(
                                        (answer, failure) -> {
                                            if (failure != null || answer.statusCode() != 201) {
                                                failed.incrementAndGet();
                                            }
                                            return nanos.add(System.nanoTime() - at);
                                        }));
                due += TimeUnit.SECONDS.toNanos(1) / rate;
                sleepUntil(due);
            }
        }

        private void sleepUntil(long due) {
            long left = due - System.nanoTime();
            if (left > 0) {
                try {
                    TimeUnit.NANOSECONDS.sleep(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    ended = true;
                }
            }
        }
    }
}
