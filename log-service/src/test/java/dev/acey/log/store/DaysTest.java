package dev.acey.log.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.acey.kit.test.PostgresServer;
import dev.acey.log.LogDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@LogDatabase
class DaysTest {

    private static final String PARTITIONS =
            "SELECT count(*) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
                    + " WHERE c.relname IN ('entry_%1$s', 'payload_%1$s')"
                    + " AND NOT i.inhdetachpending";

    @Inject Pool pool;
    @Inject Days days;
    @Inject Clock clock;
    PostgresServer postgres;

    @Test
    void manyReplicasMakeOneDayAtOnce() throws Throwable {
        LocalDate day = LocalDate.of(2101, 2, 3);
        List<Uni<Void>> replicas =
                IntStream.range(0, 8)
                        .mapToObj(i -> new Days(pool, clock).ensure(Set.of(day)))
                        .toList();
        VertxContextSupport.subscribeAndAwait(() -> Uni.join().all(replicas).andFailFast());
        assertEquals("2", postgres.query(PARTITIONS.formatted("21010203")));
    }

    @Test
    void todayAndTomorrowAreMadeAhead() throws Throwable {
        VertxContextSupport.subscribeAndAwait(days::ahead);
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        for (LocalDate day : List.of(today, today.plusDays(1))) {
            String name = day.toString().replace("-", "");
            assertEquals("2", postgres.query(PARTITIONS.formatted(name)));
        }
    }

    @Test
    void aDayIsMadeWhileOthersAreWrittenTo() throws Throwable {
        LocalDate open = LocalDate.of(2101, 3, 3);
        LocalDate next = LocalDate.of(2101, 3, 4);
        VertxContextSupport.subscribeAndAwait(() -> days.ensure(Set.of(open)));
        VertxContextSupport.subscribeAndAwait(
                () ->
                        pool.withTransaction(
                                writer ->
                                        writer.preparedQuery(
                                                        "INSERT INTO payload VALUES ($1,"
                                                                + " gen_random_uuid(), '')")
                                                .execute(Tuple.of(open))
                                                .chain(() -> days.ensure(Set.of(next)))));
        assertEquals("2", postgres.query(PARTITIONS.formatted("21010304")));
    }

    @Test
    void theServiceItselfMayNotMakeTables() {
        PgException refused =
                assertThrows(
                        PgException.class,
                        () ->
                                VertxContextSupport.subscribeAndAwait(
                                        () ->
                                                pool.query("CREATE TABLE log.mine (id int)")
                                                        .execute()));
        assertEquals("42501", refused.getSqlState());
    }
}
