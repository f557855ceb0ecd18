package dev.acey.log.store;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The day partitions: made when an entry first needs one, and a day ahead. */
@ApplicationScoped
public class Days {

    private final Pool pool;
    private final Clock clock;
    private final Set<LocalDate> known = ConcurrentHashMap.newKeySet();

    Days(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** The day an instant belongs to, in UTC. */
    public static LocalDate of(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    /**
     * A day as SQL. Days are written into the statement, not passed along with it, so that the
     * planner leaves all other partitions alone: it neither plans nor locks them.
     */
    public static String literal(LocalDate day) {
        return "DATE '" + day + "'";
    }

    /** Completes when entries of these days can be inserted; harmless with several replicas. */
    public Uni<Void> ensure(Collection<LocalDate> days) {
        if (known.containsAll(days)) {
            return Uni.createFrom().voidItem();
        }
        return Multi.createFrom()
                .iterable(days)
                .select()
                .where(day -> !known.contains(day))
                .onItem()
                .transformToUniAndConcatenate(this::make)
                .collect()
                .last()
                .replaceWithVoid();
    }

    @Scheduled(every = "1h", identity = "days-ahead")
    Uni<Void> ahead() {
        Instant now = clock.instant();
        return ensure(Set.of(of(now), of(now.plus(Duration.ofDays(1)))));
    }

    private Uni<LocalDate> make(LocalDate day) {
        return pool.preparedQuery("SELECT ensure_day($1)")
                .execute(Tuple.of(day))
                .invoke(() -> known.add(day))
                .replaceWith(day);
    }
}
