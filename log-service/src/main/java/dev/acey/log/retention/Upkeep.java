package dev.acey.log.retention;

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
import java.util.Comparator;
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
class Upkeep {

    private static final Logger LOG = Logger.getLogger(Upkeep.class);

    private static final String LOCK =
            "SELECT pg_try_advisory_lock(hashtextextended('acey.log.upkeep', 0))";
    private static final String UNLOCK =
            "SELECT pg_advisory_unlock(hashtextextended('acey.log.upkeep', 0))";

    /** Whoever still uses what is to be dropped after this time is left alone until next time. */
    private static final String PATIENCE = "SET lock_timeout = '10s'";

    private final Pool owner;
    private final Retention retention;
    private final Remains remains;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final AtomicBoolean running = new AtomicBoolean();

    Upkeep(
            @ReactiveDataSource("owner") Pool owner,
            Retention retention,
            Remains remains,
            MeterRegistry metrics,
            Clock clock) {
        this.owner = owner;
        this.retention = retention;
        this.remains = remains;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Scheduled(
            every = "{acey.log.upkeep.every}",
            delayed = "10s",
            identity = "upkeep",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return round(clock.instant())
                .onFailure()
                .invoke(
                        failure -> {
                            metrics.counter("acey_log_upkeep_failures").increment();
                            LOG.warnf("upkeep broke off and goes on later: %s", failure);
                        })
                .onFailure()
                .recoverWithNull();
    }

    /** Begins a round now, where none runs. */
    void soon() {
        tick().subscribe().with(done -> {});
    }

    /** Does all there is to do, unless somebody is at it. */
    Uni<Void> round(Instant now) {
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
        return retention
                .advance(now)
                .chain(
                        policy ->
                                partitions
                                        .list()
                                        .chain(all -> drop(partitions, due(all, policy, now)))
                                        .chain(() -> remains.delete(policy.droppedBefore())));
    }

    private static Map<LocalDate, List<Partition>> due(
            List<Partition> all, RetentionPolicy policy, Instant now) {
        LocalDate payloads = policy.firstPayloadDay(now);
        return all.stream()
                .filter(p -> p.day().isBefore(p.isOfEntries() ? policy.droppedBefore() : payloads))
                .collect(Collectors.groupingBy(Partition::day, TreeMap::new, Collectors.toList()));
    }

    private Uni<Void> drop(Partitions partitions, Map<LocalDate, List<Partition>> due) {
        return Multi.createFrom()
                .iterable(due.entrySet())
                .onItem()
                .transformToUniAndConcatenate(day -> drop(partitions, day.getValue()))
                .collect()
                .last();
    }

    /** A payload goes before its entry: what is left after a crash is never a payload alone. */
    private Uni<Void> drop(Partitions partitions, List<Partition> ofOneDay) {
        List<Partition> inOrder =
                ofOneDay.stream().sorted(Comparator.comparing(Partition::isOfEntries)).toList();
        return each(inOrder, partitions::detach)
                .chain(() -> each(inOrder, partitions::drop))
                .invoke(
                        () ->
                                metrics.counter("acey_log_partitions_dropped")
                                        .increment(inOrder.size()));
    }

    private static Uni<Void> each(List<Partition> partitions, Function<Partition, Uni<Void>> step) {
        return Multi.createFrom()
                .iterable(partitions)
                .onItem()
                .transformToUniAndConcatenate(step::apply)
                .collect()
                .last();
    }
}
