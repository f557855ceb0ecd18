package dev.acey.bench.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.bench.system.AceySystem;
import dev.acey.bench.system.Http;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The same entries, prepared by two systems, one whose services see one processor and one whose see
 * two; each twice, the second time with {@code kill -9} to dataset-service in the middle of it. The
 * files of examples and sources must be the same, byte for byte; what each comes to is printed.
 */
public final class SameBytes {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int AT_ONCE = 2_000;
    private static final long PATIENCE_SECONDS = 240;

    /** Names the preparation and its time, or is under a key that each system has of its own. */
    private static final Set<String> OWN = Set.of("manifest.json", "README.md", "persons.idx");

    private final Http http = new Http();
    private final Instant day =
            Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(1));
    private final Set<Map<String, String>> outcomes = new HashSet<>();
    private final int entries;

    private SameBytes(int entries) {
        this.entries = entries;
    }

    /** Arguments: how many entries, 60,000 unless given. */
    public static void main(String[] args) throws Exception {
        SameBytes bench = new SameBytes(args.length == 0 ? 60_000 : Integer.parseInt(args[0]));
        for (int processors = 1; processors <= 2; processors++) {
            String seen = "-XX:ActiveProcessorCount=" + processors;
            try (AceySystem system = AceySystem.start(Map.of("_JAVA_OPTIONS", seen))) {
                bench.fill(system);
                bench.prepare(system, processors, false);
                bench.prepare(system, processors, true);
            }
        }
        System.out.printf("%d preparations, %d outcomes%n", 4, bench.outcomes.size());
        if (bench.outcomes.size() != 1) {
            System.exit(1);
        }
    }

    private void fill(AceySystem system) {
        Calls calls = new Calls(day);
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= entries; i++) {
            lines.append(calls.line(i - 1));
            if (i % AT_ONCE == 0 || i == entries) {
                http.post(
                        system.service("log", "/api/logs"),
                        "application/x-ndjson",
                        lines.toString());
                lines.setLength(0);
            }
        }
    }

    private void prepare(AceySystem system, int processors, boolean killed) throws Exception {
        String id =
                http.postAsync(system.service("dataset", "/api/dataset/prepare"), order())
                        .get("id")
                        .asText();
        long killedAt = killed ? killInTheMiddle(system, id) : 0;
        JsonNode job = awaitEnd(system, id);
        if (!job.path("state").asText().equals("completed")) {
            throw new IllegalStateException("not completed: " + job);
        }
        int version = job.at("/datasets/game/version").asInt();
        Map<String, String> files = files(system, version);
        outcomes.add(files);
        System.out.printf(
                "%d processors, %s: %d entries, %d begun%n",
                processors,
                killed ? "killed after " + killedAt + " entries" : "undisturbed",
                job.at("/summary/totalLogs").asLong(),
                attempts(system, id));
        files.forEach((name, sha256) -> System.out.printf("  %s  %s%n", sha256, name));
    }

    private ObjectNode order() {
        ObjectNode order = JSON.createObjectNode().put("seed", 7);
        order.putArray("taskTypes").add("game");
        order.putObject("dateRange")
                .put("from", day.toString())
                .put("to", day.plus(Duration.ofDays(1)).toString());
        order.putObject("split").put("train", 0.8).put("validation", 0.1).put("test", 0.1);
        return order;
    }

    /** Ends dataset-service when a third was read; how much that was. */
    private long killInTheMiddle(AceySystem system, String id) throws Exception {
        long read = 0;
        while (read < entries / 3) {
            JsonNode job = http.get(system.service("dataset", "/api/dataset/prepare/" + id));
            if (job.path("endedAt").isTextual()) {
                throw new IllegalStateException("it was over before the middle: more entries");
            }
            read = job.at("/progress/done").asLong();
            TimeUnit.MILLISECONDS.sleep(5);
        }
        system.kill("dataset");
        return read;
    }

    /** The preparation when it has ended; nobody may answer until then. */
    private JsonNode awaitEnd(AceySystem system, String id) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end) {
            try {
                JsonNode job = http.get(system.service("dataset", "/api/dataset/prepare/" + id));
                if (job.path("endedAt").isTextual()) {
                    return job;
                }
            } catch (UncheckedIOException | Http.UnexpectedException e) {
                // Nobody answers while it is started again.
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new IllegalStateException("in vain");
    }

    private static int attempts(AceySystem system, String id) throws Exception {
        try (Connection database = system.database();
                PreparedStatement query =
                        database.prepareStatement(
                                "SELECT attempts FROM dataset.job WHERE id = ?")) {
            query.setObject(1, UUID.fromString(id));
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** The SHA-256 of each file of a version, by its name. */
    private static Map<String, String> files(AceySystem system, int version) throws Exception {
        Map<String, String> files = new TreeMap<>();
        for (Path file : filesOf(system, version)) {
            String name = file.getFileName().toString();
            if (!OWN.contains(name)) {
                files.put(name, sha256(file));
            }
        }
        if (files.isEmpty()) {
            throw new IllegalStateException("version " + version + " has no files");
        }
        return files;
    }

    private static List<Path> filesOf(AceySystem system, int version) throws IOException {
        Path directory = Path.of("game-dataset", "v%06d".formatted(version));
        try (Stream<Path> all = Files.walk(system.data("dataset"))) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.getParent().endsWith(directory))
                    .toList();
        }
    }

    private static String sha256(Path file) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
