package dev.acey.dataset.version;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.acey.kit.problem.Problem;
import dev.acey.kit.problem.ProblemException;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Publishes versions and finds them. */
@ApplicationScoped
public class Versions {

    private static final String NEXT_NUMBER =
            "INSERT INTO dataset (task_type, last_version) VALUES (:taskType, 1)"
                    + " ON CONFLICT (task_type) DO UPDATE"
                    + " SET last_version = dataset.last_version + 1 RETURNING last_version";

    private final VersionFiles files;
    private final Vertx vertx;
    private final ObjectMapper json;
    private final Clock clock;

    Versions(VersionFiles files, Vertx vertx, ObjectMapper json, Clock clock) {
        this.files = files;
        this.vertx = vertx;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Publishes what a preparation made, all of it or nothing, and once: whoever comes second for
     * the same job fails, and finds the result with {@link #resultOf}.
     *
     * @param result the preparation's result, made from the new versions by task
     */
    public Uni<String> publish(
            UUID job,
            List<Candidate> candidates,
            Function<Map<String, DatasetVersion>, String> result) {
        // One order for all jobs, so that two never wait for one another's numbers.
        List<Candidate> inOrder =
                candidates.stream().sorted(Comparator.comparing(Candidate::taskType)).toList();
        return Panache.withTransaction(
                () ->
                        Multi.createFrom()
                                .iterable(inOrder)
                                .onItem()
                                .transformToUniAndConcatenate(c -> publish(job, c))
                                .collect()
                                .asMap(DatasetVersion::taskType)
                                .map(result)
                                .call(text -> record(job, text)));
    }

    /** What a preparation came to; empty before it published. */
    public Uni<Optional<String>> resultOf(UUID job) {
        return Panache.withSession(
                () ->
                        PreparationRow.<PreparationRow>findById(job)
                                .map(row -> Optional.ofNullable(row).map(r -> r.result)));
    }

    /**
     * A version that can be had.
     *
     * @param version its number; null for the newest
     */
    public Uni<DatasetVersion> find(String taskType, Integer version) {
        return Panache.withSession(
                        () ->
                                version == null
                                        ? VersionRow.newest(taskType)
                                        : VersionRow.find(taskType, version))
                .map(row -> existing(row, taskType, version).toVersion());
    }

    /** What is told of a version that was withdrawn; empty for any other. */
    public Uni<Optional<Withdrawn>> withdrawn(String taskType, int version) {
        return Panache.withSession(() -> VersionRow.find(taskType, version))
                .map(
                        row ->
                                Optional.ofNullable(row)
                                        .filter(r -> r.withdrawnAt != null)
                                        .map(Withdrawn::of));
    }

    /** Versions that can be had, newest first. */
    public Uni<List<DatasetVersion>> list(UUID before, int limit) {
        return Panache.withSession(() -> VersionRow.page(before, limit))
                .map(rows -> rows.stream().map(VersionRow::toVersion).toList());
    }

    private Uni<DatasetVersion> publish(UUID job, Candidate candidate) {
        return nextNumber(candidate.taskType())
                .chain(number -> publish(job, candidate, number))
                .chain(placed -> placed == null ? publish(job, candidate) : persist(placed));
    }

    /** The row to be, or null if the number's directory is somebody else's. */
    private Uni<VersionRow> publish(UUID job, Candidate candidate, int number) {
        return VersionRow.newest(candidate.taskType())
                .map(previous -> manifest(candidate, number, previous))
                .chain(
                        manifest ->
                                vertx.executeBlocking(
                                        () ->
                                                files.place(
                                                        candidate.directory(),
                                                        candidate.taskType(),
                                                        number,
                                                        encoded(manifest),
                                                        Card.of(manifest).getBytes(UTF_8)),
                                        false))
                .map(placed -> placed ? row(job, candidate, number) : null);
    }

    private Uni<Integer> nextNumber(String taskType) {
        return Panache.getSession()
                .chain(
                        session ->
                                session.createNativeQuery(NEXT_NUMBER, Integer.class)
                                        .setParameter("taskType", taskType)
                                        .getSingleResult());
    }

    private ObjectNode manifest(Candidate candidate, int number, VersionRow previous) {
        ObjectNode manifest = json.createObjectNode();
        manifest.put("filename", DatasetName.of(candidate.taskType())).put("version", number);
        manifest.setAll(candidate.manifest());
        if (previous == null) {
            manifest.putNull("previousVersion");
        } else {
            manifest.putObject("previousVersion")
                    .put("version", previous.version)
                    .put("sha256", previous.sha256);
        }
        return manifest;
    }

    private byte[] encoded(ObjectNode manifest) {
        try {
            return json.writeValueAsBytes(manifest);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a manifest always encodes", e);
        }
    }

    private VersionRow row(UUID job, Candidate candidate, int number) {
        VersionRow row = new VersionRow();
        row.id = UuidCreator.getTimeOrderedEpoch();
        row.taskType = candidate.taskType();
        row.version = number;
        row.jobId = job;
        row.format = candidate.format();
        row.examples = candidate.main().count();
        row.bytes = candidate.main().bytes();
        row.sha256 = candidate.main().sha256();
        row.parts = PartsJson.write(candidate.parts());
        row.createdAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return row;
    }

    private static Uni<DatasetVersion> persist(VersionRow row) {
        return row.<VersionRow>persistAndFlush().map(VersionRow::toVersion);
    }

    private static Uni<PreparationRow> record(UUID job, String result) {
        PreparationRow row = new PreparationRow();
        row.jobId = job;
        row.result = result;
        return row.persistAndFlush();
    }

    private static VersionRow existing(VersionRow row, String taskType, Integer version) {
        String name = DatasetName.of(taskType) + (version == null ? "" : " version " + version);
        if (row == null) {
            throw ProblemException.notFound("There is no dataset " + name + ".");
        }
        if (row.withdrawnAt != null) {
            throw new ProblemException(
                    Problem.of(
                            410,
                            "Dataset "
                                    + name
                                    + " was withdrawn: it held calls of somebody who was erased."
                                    + " It can be prepared again without them: POST "
                                    + Withdrawn.of(row).withdrawn().rebuild()
                                    + "."));
        }
        if (row.deletedAt != null) {
            throw new ProblemException(Problem.of(410, "Dataset " + name + " was deleted."));
        }
        return row;
    }
}
