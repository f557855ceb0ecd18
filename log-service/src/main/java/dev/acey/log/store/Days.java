package dev.acey.log.store;

import dev.acey.kit.problem.ProblemException;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The day partitions: made when an entry first needs one, and a day ahead. */
@ApplicationScoped
public class Days {

    private static final String PAST_RETENTION = "AC001";
    private static final String BEING_DROPPED = "AC002";
    private static final String NO_PARTITION = "23514";

    private static final Duration GRACE = Duration.ofHours(1);

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

    /** Several days as SQL: a list without its parentheses. */
    public static String literals(Collection<LocalDate> days) {
        return days.stream().map(Days::literal).collect(Collectors.joining(", "));
    }

    /**
     * The first day that is not closed: a day is, an hour after its end. What is stored of a closed
     * day is marked as late in the same commit.
     */
    public LocalDate firstOpen() {
        return firstOpen(clock.instant());
    }

    /** The first day that is not closed at this instant. */
    public static LocalDate firstOpen(Instant now) {
        return of(now.minus(GRACE));
    }

    /**
     * Completes when entries of these days can be inserted; harmless with several replicas.
     *
     * <p>Fails with 422 for a day past the retention, and with 503 while a day is being dropped.
     */
    public Uni<Void> ensure(Collection<LocalDate> days) {
        List<LocalDate> unknown = days.stream().filter(day -> !known.contains(day)).toList();
        if (unknown.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return Multi.createFrom()
                .iterable(unknown)
                .onItem()
                .transformToUniAndConcatenate(this::make)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /**
     * Inserts into these days. A partition that another replica dropped in the meantime is made
     * again, or refused as {@link #ensure} does; the insert is then asked for a second time.
     */
    public <T> Uni<T> insert(Collection<LocalDate> days, Supplier<Uni<T>> insert) {
        Uni<T> attempt = Uni.createFrom().deferred(() -> ensure(days)).chain(insert::get);
        return attempt.onFailure(Days::noPartition)
                .recoverWithUni(
                        () -> {
                            known.removeAll(days);
                            return attempt;
                        });
    }

    @Scheduled(every = "1h", identity = "days-ahead")
    Uni<Void> ahead() {
        known.clear();
        Instant now = clock.instant();
        return ensure(Set.of(of(now), of(now.plus(Duration.ofDays(1)))));
    }

    private Uni<LocalDate> make(LocalDate day) {
        return pool.preparedQuery("SELECT ensure_day($1)")
                .execute(Tuple.of(day))
                .invoke(() -> known.add(day))
                .replaceWith(day)
                .onFailure(PgException.class)
                .transform(failure -> explained(day, (PgException) failure));
    }

    private static Throwable explained(LocalDate day, PgException failure) {
        return switch (failure.getSqlState()) {
            case PAST_RETENTION ->
                    ProblemException.refused(
                            "/timestamp", "is of " + day + ", which is past the retention");
            case BEING_DROPPED ->
                    ProblemException.unavailable(
                            "What is stored of " + day + " is just being dropped.");
            default -> failure;
        };
    }

    /** How an insert fails that finds no partition for its day. */
    private static boolean noPartition(Throwable failure) {
        return failure instanceof PgException pg && NO_PARTITION.equals(pg.getSqlState());
    }
}
