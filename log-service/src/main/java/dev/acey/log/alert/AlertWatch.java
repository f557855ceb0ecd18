package dev.acey.log.alert;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.acey.kit.event.Event;
import dev.acey.kit.event.Events;
import dev.acey.log.threshold.ThresholdStore;
import dev.acey.log.threshold.Thresholds;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Looks at the figures at regular times. However many replicas there are, one of them looks at a
 * time: what it finds, and the events that tell of it, are one transaction, which holds the row
 * that says when the last look was.
 */
@ApplicationScoped
class AlertWatch {

    private static final Logger LOG = Logger.getLogger(AlertWatch.class);

    private static final String TAKE =
            """
            UPDATE alert_look SET at = $1 WHERE one IN (
              SELECT one FROM alert_look WHERE at NOT BETWEEN $2 AND $3 FOR UPDATE SKIP LOCKED)
            """;

    private final Pool pool;
    private final ThresholdStore thresholds;
    private final Figures figures;
    private final Events events;
    private final ObjectMapper json;
    private final AlertSettings settings;
    private final Clock clock;
    private final AtomicBoolean failing = new AtomicBoolean();

    AlertWatch(
            Pool pool,
            ThresholdStore thresholds,
            Figures figures,
            Events events,
            ObjectMapper json,
            AlertSettings settings,
            Clock clock) {
        this.pool = pool;
        this.thresholds = thresholds;
        this.figures = figures;
        this.events = events;
        this.json = json;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(
            every = "${acey.log.alerts.every}",
            identity = "alerts",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> regularly() {
        return look(clock.instant(), settings.every())
                .invoke(() -> failing.set(false))
                .onFailure()
                .invoke(this::report)
                .onFailure()
                .recoverWithNull();
    }

    private void report(Throwable failure) {
        if (failing.compareAndSet(false, true)) {
            LOG.warnf(failure, "Nobody watches the figures until they can be read again");
        }
    }

    /**
     * Looks once, unless another replica is at it or has been since half of this time ago. A look
     * from the future counts for nothing: clocks are put right.
     */
    Uni<Void> look(Instant now, Duration every) {
        Instant instant = now.truncatedTo(ChronoUnit.MILLIS);
        return thresholds
                .read()
                .chain(
                        hold ->
                                figures.measure(Duration.ofSeconds(hold.windowSeconds()), instant)
                                        .chain(
                                                measured ->
                                                        pool.withTransaction(
                                                                tx ->
                                                                        look(
                                                                                tx, hold, measured,
                                                                                instant, every))));
    }

    private Uni<Void> look(
            SqlConnection tx,
            Thresholds hold,
            Map<Subject, Measurement> measured,
            Instant now,
            Duration every) {
        return tx.preparedQuery(TAKE)
                .execute(Tuple.of(at(now), at(now.minus(every.dividedBy(2))), at(now.plus(every))))
                .chain(
                        taken ->
                                taken.rowCount() == 0
                                        ? Uni.createFrom().voidItem()
                                        : AlertStore.open(tx)
                                                .map(
                                                        open ->
                                                                Evaluation.of(
                                                                        measured,
                                                                        open,
                                                                        hold,
                                                                        now,
                                                                        UuidCreator
                                                                                ::getTimeOrderedEpoch))
                                                .chain(found -> write(tx, found, now)));
    }

    private Uni<Void> write(SqlConnection tx, Evaluation found, Instant now) {
        return AlertStore.write(tx, found, now)
                .chain(
                        () ->
                                Multi.createFrom()
                                        .iterable(found.told())
                                        .onItem()
                                        .transformToUniAndConcatenate(
                                                alert -> events.append(tx, event(alert, now)))
                                        .collect()
                                        .last()
                                        .replaceWithVoid());
    }

    private Event event(Alert alert, Instant now) {
        return Event.of(
                "alert." + alert.state().name().toLowerCase(Locale.ROOT),
                "task:" + alert.subject().taskType(),
                json.valueToTree(AlertView.of(alert)),
                now);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
