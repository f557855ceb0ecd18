package dev.acey.log.erasure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.audit.AuditEvent;
import dev.acey.kit.audit.AuditTrail;
import dev.acey.kit.job.Job;
import dev.acey.kit.job.JobHandler;
import dev.acey.kit.job.JobRun;
import dev.acey.log.archive.Archive;
import dev.acey.log.retention.Upkeep;
import dev.acey.log.store.Days;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Erases a person's entries: day by day, a batch a transaction, and then waits until the archive
 * was written without them. The job knows the person by a keyed hash alone.
 */
@ApplicationScoped
class SubjectErasure implements JobHandler {

    static final String KIND = "erase-subject";

    private static final int BATCH = 500;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    /** Reads forward along the key: a day is gone through once, however many batches it takes. */
    private static final String NEXT =
            """
            SELECT id FROM entry
            WHERE day = %s AND user_hash = $1 AND NOT erased AND id > $2
            ORDER BY id LIMIT %d FOR UPDATE
            """;

    private static final String DAYS =
            "SELECT day FROM stored_day WHERE parent = 'entry' ORDER BY day";

    private final Pool pool;
    private final Eraser eraser;
    private final Archive archive;
    private final Upkeep upkeep;
    private final AuditTrail audit;
    private final Clock clock;

    SubjectErasure(
            Pool pool,
            Eraser eraser,
            Archive archive,
            Upkeep upkeep,
            AuditTrail audit,
            Clock clock) {
        this.pool = pool;
        this.eraser = eraser;
        this.archive = archive;
        this.upkeep = upkeep;
        this.audit = audit;
        this.clock = clock;
    }

    static JsonNode config(Buffer userHash) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("user", HexFormat.of().formatHex(userHash.getBytes()));
    }

    static long logs(Job job) {
        JsonNode sofar = job.result() == null ? job.checkpoint() : job.result();
        return sofar == null ? 0 : sofar.path("logs").asLong();
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Uni<JsonNode> run(JobRun run) {
        Job job = run.job();
        Buffer user = Buffer.buffer(HexFormat.of().parseHex(job.config().path("user").textValue()));
        boolean stored = job.checkpoint() != null && job.checkpoint().path("stored").asBoolean();
        return stored ? awaitArchive(run, user) : stored(run, user);
    }

    private Uni<JsonNode> stored(JobRun run, Buffer user) {
        JsonNode sofar = run.job().checkpoint();
        LocalDate from =
                sofar == null ? LocalDate.EPOCH : LocalDate.parse(sofar.path("day").textValue());
        AtomicLong logs = new AtomicLong(logs(run.job()));
        return days().onItem()
                .transformToMulti(days -> Multi.createFrom().iterable(days))
                .filter(day -> day.isAfter(from))
                .onItem()
                .transformToUniAndConcatenate(
                        day ->
                                eraseDay(day, user, logs)
                                        .chain(() -> run.checkpoint(at(day, logs.get(), false))))
                .collect()
                .last()
                .chain(() -> archive.withdraw(run.job().id(), user))
                .invoke(upkeep::soon)
                .chain(() -> run.checkpoint(at(LocalDate.EPOCH, logs.get(), true)))
                .chain(() -> run.parkUntil(clock.instant()));
    }

    private Uni<JsonNode> awaitArchive(JobRun run, Buffer user) {
        return archive.stale()
                .chain(
                        stale ->
                                stale.isEmpty()
                                        ? finish(run, user)
                                        : run.parkUntil(clock.instant().plus(LOOK_AGAIN)));
    }

    private Uni<JsonNode> finish(JobRun run, Buffer user) {
        return archive.withdrawn(run.job().id())
                .map(withdrawn -> logs(run.job()) + withdrawn)
                .chain(logs -> record(run.job(), user, logs));
    }

    private Uni<JsonNode> record(Job job, Buffer user, long logs) {
        ObjectNode detail = JsonNodeFactory.instance.objectNode();
        detail.put("logs", logs);
        detail.put("job", job.id().toString());
        String subject = "user:" + HexFormat.of().formatHex(user.getBytes());
        AuditEvent event =
                new AuditEvent("log-service", "subject.erase", subject, detail, clock.instant());
        return pool.withTransaction(connection -> audit.append(connection, event))
                .replaceWith(JsonNodeFactory.instance.objectNode().put("logs", logs));
    }

    private Uni<List<LocalDate>> days() {
        return pool.query(DAYS)
                .execute()
                .map(
                        rows -> {
                            List<LocalDate> days = new ArrayList<>();
                            rows.forEach(row -> days.add(row.getLocalDate(0)));
                            return days;
                        });
    }

    private Uni<Void> eraseDay(LocalDate day, Buffer user, AtomicLong logs) {
        return Multi.createBy()
                .repeating()
                .uni(
                        () -> new AtomicReference<>(new UUID(0, 0)),
                        last ->
                                pool.withTransaction(
                                                connection ->
                                                        eraseBatch(
                                                                connection, day, user, last.get()))
                                        .invoke(ids -> logs.addAndGet(ids.size()))
                                        .invoke(ids -> ids.forEach(last::set)))
                .whilst(ids -> ids.size() == BATCH)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<List<UUID>> eraseBatch(
            SqlConnection connection, LocalDate day, Buffer user, UUID after) {
        return connection
                .preparedQuery(NEXT.formatted(Days.literal(day), BATCH))
                .execute(Tuple.of(user, after))
                .map(
                        rows -> {
                            List<UUID> ids = new ArrayList<>();
                            rows.forEach(row -> ids.add(row.getUUID(0)));
                            return ids;
                        })
                .call(
                        ids ->
                                ids.isEmpty()
                                        ? Uni.createFrom().voidItem()
                                        : eraser.erase(connection, day, ids.toArray(UUID[]::new)));
    }

    private static JsonNode at(LocalDate day, long logs, boolean stored) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("day", day.toString())
                .put("logs", logs)
                .put("stored", stored);
    }
}
