package dev.acey.log.rollup;

import static dev.acey.log.Calls.newTask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.acey.kit.test.PostgresServer;
import dev.acey.log.LogDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@LogDatabase
class SeriesTest {

    @Inject Pool pool;
    @Inject Clock clock;
    PostgresServer postgres;

    @Test
    void replicasGiveOneSeriesOneNumber() throws Throwable {
        List<SeriesKey> keys = IntStream.range(0, 20).mapToObj(i -> key(newTask(), "m")).toList();
        List<Map<SeriesKey, Integer>> given =
                VertxContextSupport.subscribeAndAwait(
                        () ->
                                Uni.join()
                                        .all(
                                                IntStream.range(0, 6)
                                                        .mapToObj(
                                                                i ->
                                                                        new Series(pool, clock)
                                                                                .numbers(keys))
                                                        .toList())
                                        .andFailFast());
        assertEquals(1, given.stream().distinct().count());
        assertEquals(20, given.get(0).values().stream().distinct().count());
    }

    @Test
    void beyondTheBoundWhatClientsMakeUpCountsAsOther() throws Throwable {
        SeriesKey known = key(newTask(), "m");
        Series replica = new Series(pool, clock);
        int number = numbers(replica, List.of(known)).get(known);
        postgres.execute(
                "INSERT INTO log.series (task_type, environment, variant, model, rollout_id, stage,"
                        + " seen_at) SELECT 'filler', 'test', '', i::text, '', -1, now()"
                        + " FROM generate_series(1, "
                        + Series.MOST
                        + ") i");
        try {
            SeriesKey first = key(newTask(), "one");
            SeriesKey second = key(newTask(), "two");
            Map<SeriesKey, Integer> numbers =
                    numbers(new Series(pool, clock), List.of(known, first, second));
            assertEquals(number, numbers.get(known));
            assertEquals(numbers.get(first), numbers.get(second));
            assertNotEquals(number, numbers.get(first));
            SeriesKey elsewhere =
                    new SeriesKey("made-up", "shadow", "candidate", "m", "some-rollout", 2);
            assertNotEquals(
                    numbers.get(first), numbers(replica, List.of(elsewhere)).get(elsewhere));
            assertEquals(
                    "(other) (other) some-rollout 2",
                    postgres.query(
                            "SELECT concat_ws(' ', task_type, model, rollout_id, stage)"
                                    + " FROM log.series WHERE variant = 'candidate'"
                                    + " AND rollout_id = 'some-rollout'"));
        } finally {
            postgres.execute("DELETE FROM log.series WHERE task_type IN ('filler', '(other)')");
        }
    }

    private static Map<SeriesKey, Integer> numbers(Series series, List<SeriesKey> keys)
            throws Throwable {
        return VertxContextSupport.subscribeAndAwait(() -> series.numbers(keys));
    }

    private static SeriesKey key(String task, String model) {
        return SeriesKey.of(task, "live", null, model, null, null);
    }
}
