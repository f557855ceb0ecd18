package dev.acey.log.retention;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.audit.AuditEvent;
import dev.acey.kit.audit.AuditTrail;
import dev.acey.log.archive.Archive;
import dev.acey.log.query.WordIndex;
import dev.acey.log.store.Days;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * What is done about days whose time has come, by one replica at a time. A round may end anywhere,
 * by a crash as well: the next one goes on from what it finds.
 */
@ApplicationScoped
public class Upkeep {

    private static final Logger LOG = Logger.getLogger(Upkeep.class);

    private static final String LOCK =
            "SELECT pg_try_advisory_lock(hashtextextended('acey.log.upkeep', 0))";
    private static final String UNLOCK =
            "SELECT pg_advisory_unlock(hashtextextended('acey.log.upkeep', 0))";

    /** Whoever still uses what is to be dropped after this time is left alone until next time. */
    private static final String PATIENCE = "SET lock_timeout = '10s'";

    private final Pool owner;
    private final Retention retention;
    private final Archive archive;
    private final Remains remains;
    private final WordIndex words;
    private final AuditTrail audit;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final AtomicBoolean running = new AtomicBoolean();

    Upkeep(
            @ReactiveDataSource("owner") Pool owner,
            Retention retention,
            Archive archive,
            Remains remains,
            WordIndex words,
            AuditTrail audit,
            MeterRegistry metrics,
            Clock clock) {
        this.owner = owner;
        this.retention = retention;
        this.archive = archive;
        this.remains = remains;
        this.words = words;
        this.audit = audit;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Scheduled(
            every = "{acey.log.upkeep.every}",
            delayed = "10s",
            identity = "upkeep",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return tried("upkeep", round(clock.instant()));
    }

    /** Begins a round now, where none runs. */
    public void soon() {
        tick().subscribe().with(done -> {});
    }

    /** Does all there is to do, unless somebody is at it. */
    public Uni<Void> round(Instant now) {
        if (!running.compareAndSet(false, true)) {
            return Uni.createFrom().voidItem();
        }
        return owner.withConnection(connection -> alone(connection, now))
                .onTermination()
                .invoke(() -> running.set(false));
    }

    private Uni<Void> alone(SqlConnection connection, Instant now) {
        return connection
                .query(LOCK)
                .execute()
                .chain(
                        locked ->
                                locked.iterator().next().getBoolean(0)
                                        ? connection
                                                .query(PATIENCE)
                                                .execute()
                                                .chain(() -> work(connection, now))
                                                .eventually(
                                                        () -> connection.query(UNLOCK).execute())
                                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> work(SqlConnection connection, Instant now) {
        Partitions partitions = new Partitions(connection);
        return retention.advance(now).chain(policy -> work(partitions, policy, now));
    }

    private Uni<Void> work(Partitions partitions, RetentionPolicy policy, Instant now) {
        return partitions
                .list()
                .chain(all -> each(pending(all), partitions::detach))
                .chain(partitions::list)
                .chain(
                        all ->
                                archiveClosed(all, now)
                                        .chain(() -> drop(partitions, due(all, policy, now), now)))
                .chain(() -> archive.stale())
                .chain(days -> each(days, day -> archived(day, now)))
                .chain(() -> remains.delete(policy.droppedBefore()))
                .chain(() -> tried("removing archived days", archive.expire(expired(policy, now))))
                .chain(() -> words.complete(now));
    }

    private Uni<Void> archived(LocalDate day, Instant now) {
        return tried("archiving " + day, archive.write(day, now));
    }

    /** What fails for one day is said and counted, and keeps no other from its turn. */
    private Uni<Void> tried(String what, Uni<Void> step) {
        return step.onFailure()
                .invoke(
                        failure -> {
                            metrics.counter("acey_log_upkeep_failures").increment();
                            LOG.warnf("%s broke off and is tried again: %s", what, failure);
                        })
                .onFailure()
                .recoverWithNull();
    }

    /** What was broken off comes first: a table has one pending partition at most. */
    private static List<Partition> pending(List<Partition> all) {
        return all.stream().filter(p -> p.state() == Partition.State.PENDING).toList();
    }

    /** Only what is gone from the tables can expire. */
    private static LocalDate expired(RetentionPolicy policy, Instant now) {
        LocalDate byAge = Days.of(now).minusDays(policy.archiveRetentionDays());
        return byAge.isBefore(policy.droppedBefore()) ? byAge : policy.droppedBefore();
    }

    private Uni<Void> archiveClosed(List<Partition> all, Instant now) {
        LocalDate open = Days.firstOpen(now);
        return archive.enabled()
                ? archive.days()
                        .chain(
                                archived ->
                                        each(
                                                all.stream()
                                                        .filter(Partition::isOfEntries)
                                                        .map(Partition::day)
                                                        .filter(day -> day.isBefore(open))
                                                        .filter(day -> !archived.contains(day))
                                                        .toList(),
                                                day -> archived(day, now)))
                : Uni.createFrom().voidItem();
    }

    private static Map<LocalDate, List<Partition>> due(
            List<Partition> all, RetentionPolicy policy, Instant now) {
        LocalDate payloads = policy.firstPayloadDay(now);
        return all.stream()
                .filter(p -> p.day().isBefore(p.isOfEntries() ? policy.droppedBefore() : payloads))
                .collect(Collectors.groupingBy(Partition::day, TreeMap::new, Collectors.toList()));
    }

    private Uni<Void> drop(
            Partitions partitions, Map<LocalDate, List<Partition>> due, Instant now) {
        return each(
                due.keySet(),
                day -> tried("dropping " + day, drop(partitions, day, due.get(day), now)));
    }

    /**
     * Detached, a day's tables change no more: now the files are written that stand for them. They
     * go together, and on the record.
     */
    private Uni<Void> drop(
            Partitions partitions, LocalDate day, List<Partition> parts, Instant now) {
        return each(parts, partitions::detach)
                .chain(
                        () ->
                                archive.enabled()
                                        ? archive.write(day, now)
                                        : Uni.createFrom().voidItem())
                .chain(
                        () ->
                                partitions.drop(
                                        parts,
                                        connection ->
                                                audit.append(connection, event(day, parts, now))))
                .invoke(
                        () ->
                                metrics.counter("acey_log_partitions_dropped")
                                        .increment(parts.size()));
    }

    private AuditEvent event(LocalDate day, List<Partition> parts, Instant now) {
        ObjectNode detail = JsonNodeFactory.instance.objectNode();
        detail.put("day", day.toString());
        parts.stream().map(Partition::name).sorted().forEach(detail.putArray("tables")::add);
        detail.put("archived", archive.enabled());
        return new AuditEvent("log-service", "log.drop", "logs", detail, now);
    }

    private static <T> Uni<Void> each(Collection<T> all, Function<T, Uni<Void>> step) {
        return Multi.createFrom()
                .iterable(all)
                .onItem()
                .transformToUniAndConcatenate(step::apply)
                .collect()
                .last();
    }
}
