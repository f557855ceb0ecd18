package dev.acey.bench.flat;

import dev.acey.bench.system.AceySystem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Whether figures cost the same however much is stored, and what lists and the export cost at the
 * larger size. Loads few entries and then many, both spread over 29 days, eight task types and two
 * variants. The services run with heaps of 256 MB.
 *
 * <p>Arguments: the two sizes, 10000 and 2000000 unless given.
 */
public final class FlatCost {

    private static final Duration OVER = Duration.ofDays(29);

    private final AceySystem system;
    private final HttpClient http = HttpClient.newHttpClient();
    private Instant from;

    private FlatCost(AceySystem system) {
        this.system = system;
    }

    public static void main(String[] args) throws Exception {
        long few = args.length > 0 ? Long.parseLong(args[0]) : 10_000;
        long many = args.length > 1 ? Long.parseLong(args[1]) : 2_000_000;
        try (AceySystem system = AceySystem.start(Map.of("_JAVA_OPTIONS", "-Xmx256m"))) {
            new FlatCost(system).run(few, many);
        }
    }

    private void run(long few, long many) throws Exception {
        load(few, 1);
        Map<String, Timings> before = figures();
        load(many - few, 2);
        Map<String, Timings> after = figures();
        System.out.printf("%n%-64s %28s %28s%n", "ms", few + " entries", many + " entries");
        before.forEach(
                (path, first) -> {
                    Timings second = after.get(path);
                    System.out.printf(
                            "%-64s %s %s   ratio of p50 %.2f, of p99 %.2f%n",
                            path,
                            line(first),
                            line(second),
                            second.p50() / first.p50(),
                            second.p99() / first.p99());
                });
        lists();
        export(many);
    }

    private void load(long entries, long seed) throws Exception {
        System.out.printf("loading %d entries%n", entries);
        Instant first = Instant.now().minus(OVER);
        from = first;
        long start = System.nanoTime();
        HttpRequest bulk =
                HttpRequest.newBuilder(system.service("log", "/internal/logs"))
                        .header("Content-Type", "application/x-ndjson")
                        .POST(
                                HttpRequest.BodyPublishers.ofInputStream(
                                        () -> new CallLines(entries, first, OVER, seed)))
                        .build();
        HttpResponse<String> answer = http.send(bulk, HttpResponse.BodyHandlers.ofString());
        double seconds = (System.nanoTime() - start) / 1e9;
        if (!answer.body().contains("\"accepted\":" + entries + ",")) {
            throw new IOException("not all was taken: " + answer.body());
        }
        System.out.printf("%.0f entries/s, generator included%n", entries / seconds);
        settle();
    }

    /** Until every delta is folded; and the planner knows how much there is. */
    private void settle() throws SQLException, InterruptedException {
        try (Connection database = system.database();
                Statement statement = database.createStatement()) {
            long start = System.nanoTime();
            while (count(statement, "SELECT count(*) FROM log.delta") > 0) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            System.out.printf("folded %.1f s later%n", (System.nanoTime() - start) / 1e9);
            statement.execute("VACUUM ANALYZE");
            System.out.printf(
                    "series %d, roll-ups: %d minutes, %d of ten, %d hours, %d days%n",
                    count(statement, "SELECT count(*) FROM log.series"),
                    count(statement, "SELECT count(*) FROM log.rollup_minute"),
                    count(statement, "SELECT count(*) FROM log.rollup_ten_minutes"),
                    count(statement, "SELECT count(*) FROM log.rollup_hour"),
                    count(statement, "SELECT count(*) FROM log.rollup_day"));
        }
    }

    private static long count(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private Map<String, Timings> figures() throws IOException, InterruptedException {
        Map<String, Timings> timings = new LinkedHashMap<>();
        for (String path :
                new String[] {
                    "/api/logs/stats",
                    "/api/logs/stats?from=" + from.plusSeconds(100_000) + "&to=" + Instant.now(),
                    "/api/metrics",
                    "/api/metrics?windowSeconds=86400&stepSeconds=600",
                    "/api/metrics?windowSeconds=2592000&stepSeconds=86400",
                    "/api/metrics?windowSeconds=2592000&stepSeconds=3600&taskType=game",
                }) {
            timings.put(path.replaceAll("\\?from=.*", "?from&to"), timings(path));
        }
        return timings;
    }

    private void lists() throws IOException, InterruptedException {
        System.out.printf("%nms, lists of 100 at the larger size%n");
        Instant middle = from.plus(OVER.dividedBy(2));
        for (String filter :
                new String[] {
                    "",
                    "?taskType=game",
                    "?taskType=unheard-of",
                    "?from=" + middle + "&to=" + middle.plus(Duration.ofHours(1)),
                    "?decision=rejected",
                    "?decision=pending",
                    "?variant=candidate",
                    "?environment=shadow",
                    "?environment=test",
                    "?model=acey-candidate",
                    "?model=unheard-of",
                    "?minConfidence=0.99",
                    "?minConfidence=1",
                    "?q=river",
                    "?q=unheard-of",
                    "?taskType=game&variant=candidate&decision=rejected",
                }) {
            Timings timings = timings("/api/logs" + filter);
            System.out.printf("%-64s %s%n", "/api/logs" + filter, line(timings));
        }
    }

    private static String line(Timings timings) {
        return "%6.1f p50 %6.1f p99 %4d kB"
                .formatted(timings.p50(), timings.p99(), (timings.bytes() + 999) / 1_000);
    }

    private Timings timings(String path) throws IOException, InterruptedException {
        return Timings.of(http, URI.create(system.service("log", path).toString()));
    }

    private void export(long expected) throws IOException, InterruptedException {
        Path status = Path.of("/proc", system.process("log").pid() + "", "status");
        System.out.printf("%nexport, heap of 256 MB: peak before %s%n", peak(status));
        long start = System.nanoTime();
        HttpResponse<InputStream> answer =
                http.send(
                        HttpRequest.newBuilder(system.service("log", "/api/logs/export")).build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        long lines = 0;
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            while (reader.readLine() != null) {
                lines++;
            }
        }
        System.out.printf(
                "%d of %d entries in %.1f s, peak after %s%n",
                lines, expected, (System.nanoTime() - start) / 1e9, peak(status));
    }

    /** The most memory the process ever had, as Linux tells it. */
    private static String peak(Path status) throws IOException {
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .findFirst()
                .map(line -> line.substring(6).strip())
                .orElse("unknown");
    }
}
