package dev.acey.rollout.route;

import static dev.acey.rollout.route.Route.Reason.KILLED;
import static dev.acey.rollout.route.Route.Reason.NO_ROLLOUT;
import static dev.acey.rollout.route.Route.Reason.OVERRIDE;
import static dev.acey.rollout.route.Route.Reason.SPLIT;
import static dev.acey.rollout.route.Route.Reason.STALE;
import static dev.acey.rollout.route.Route.Variant.BASELINE;
import static dev.acey.rollout.route.Route.Variant.CANDIDATE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acey.kit.task.Risk;
import dev.acey.rollout.flag.FlagSettings;
import dev.acey.rollout.task.Streaming;
import dev.acey.rollout.task.TaskSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SnapshotTest {

    private static final Instant NOW = Instant.parse("2026-01-15T04:05:06.123Z");
    private static final UUID ROLLOUT = UUID.fromString("019bbf9c-0000-7000-8000-000000000001");
    private static final Snapshot PLAIN = with(List.of());

    private static Snapshot with(List<FlagSettings> flags) {
        return Snapshot.of(
                7,
                NOW,
                List.of(
                        new TaskSettings(
                                "game",
                                true,
                                "base",
                                "next",
                                Risk.HIGH,
                                Streaming.BUFFERED,
                                Map.of("tester", "next", "museum", "old"),
                                List.of(),
                                null,
                                1,
                                NOW),
                        new TaskSettings(
                                "audio",
                                true,
                                null,
                                null,
                                Risk.LOW,
                                Streaming.BUFFERED,
                                Map.of(),
                                List.of(),
                                null,
                                1,
                                NOW)),
                flags);
    }

    private static Snapshot split(int weight, int shadowShare) {
        return with(List.of(flag("salt", weight, shadowShare, null)));
    }

    private static FlagSettings flag(String salt, int weight, int shadowShare, Instant killedAt) {
        return new FlagSettings(
                "game", "next", salt, weight, shadowShare, ROLLOUT, 2, killedAt, 1, NOW);
    }

    private static Route route(Snapshot snapshot, String key) {
        return route(snapshot, key, NOW);
    }

    private static Route route(Snapshot snapshot, String key, Instant now) {
        return snapshot.route("game", key, now).orElseThrow();
    }

    @Example
    void withoutARolloutEveryKeyGoesToTheBaseline() {
        assertEquals(new Route(BASELINE, "base", NO_ROLLOUT, "base", null), route(PLAIN, "anyone"));
    }

    @Example
    void aPinnedKeyGoesToItsModelAndTakesNoPartInARollout() {
        for (Snapshot snapshot : List.of(PLAIN, split(5_000, 10_000))) {
            assertEquals(
                    new Route(CANDIDATE, "next", OVERRIDE, "base", null),
                    route(snapshot, "tester"));
            assertEquals(
                    new Route(BASELINE, "old", OVERRIDE, "base", null), route(snapshot, "museum"));
            assertTrue(route(snapshot, "museum").shadow("any").isEmpty());
        }
    }

    @Property
    void theBucketDecidesBetweenTheArms(
            @ForAll String key, @ForAll @IntRange(max = 10_000) int weight) {
        Route route = route(split(weight, 0), key);
        boolean candidate = Buckets.of("salt", key) < weight;
        assertEquals(candidate ? CANDIDATE : BASELINE, route.variant());
        assertEquals(candidate ? "next" : "base", route.model());
        assertEquals(SPLIT, route.reason());
        assertEquals("base", route.baseline());
        assertEquals(ROLLOUT, route.rolloutId());
        assertEquals(2, route.stage());
    }

    @Property
    void aKeyNeverFallsBackWhileTheWeightGrows(
            @ForAll String key,
            @ForAll @IntRange(max = 10_000) int weight,
            @ForAll @IntRange(max = 10_000) int another) {
        Route before = route(split(Math.min(weight, another), 0), key);
        Route after = route(split(Math.max(weight, another), 0), key);
        assertTrue(before.variant() == BASELINE || after.variant() == CANDIDATE);
    }

    @Property
    void nobodyAtWeightZeroAndEverybodyAtTenThousand(@ForAll String key) {
        assertEquals(BASELINE, route(split(0, 0), key).variant());
        assertEquals(CANDIDATE, route(split(10_000, 0), key).variant());
    }

    @Example
    void aShareOfTheBaselinesRequestsIsShadowed() {
        Route baseline = route(split(0, 2_500), "anyone");
        long shadowed =
                IntStream.range(0, 20_000)
                        .filter(i -> baseline.shadow("request-" + i).isPresent())
                        .count();
        assertEquals(5_000, shadowed, 6.5 * Math.sqrt(20_000 * 0.25 * 0.75));
        assertTrue(route(split(0, 10_000), "anyone").shadow("r").orElseThrow().equals("next"));
        assertTrue(route(split(0, 0), "anyone").shadow("r").isEmpty());
        assertTrue(route(split(10_000, 10_000), "anyone").shadow("r").isEmpty());
    }

    @Example
    void aKilledTaskGivesEveryKeyTheBaseline() {
        Snapshot killed = with(List.of(flag("salt", 0, 0, NOW)));
        Route expected = new Route(BASELINE, "base", KILLED, "base", null);
        for (String key : List.of("anyone", "tester", "museum")) {
            assertEquals(expected, route(killed, key));
        }
        assertNull(expected.rolloutId());
        assertNull(expected.stage());
    }

    @Example
    void whatCouldNotBeConfirmedForAMinuteRoutesToTheBaseline() {
        Instant atTheLimit = NOW.plus(Snapshot.FRESH);
        Instant after = atTheLimit.plusMillis(1);
        Snapshot snapshot = split(10_000, 0);
        Route stale = new Route(BASELINE, "base", STALE, "base", null);

        assertEquals(SPLIT, route(snapshot, "anyone", atTheLimit).reason());
        assertEquals(stale, route(snapshot, "anyone", after));
        assertEquals(stale, route(snapshot, "tester", after));
        assertEquals(SPLIT, route(snapshot.confirmed(atTheLimit), "anyone", after).reason());
    }

    @Example
    void whatWasConfirmedInTheFutureIsNotBelieved() {
        Instant setBack = NOW.minus(Snapshot.FRESH).minusMillis(1);
        assertEquals(STALE, route(split(10_000, 0), "anyone", setBack).reason());
    }

    @Example
    void aTaskWithoutABaselineHasNoRoute() {
        assertTrue(PLAIN.route("audio", "anyone", NOW).isEmpty());
        assertTrue(PLAIN.route("never-heard-of", "anyone", NOW).isEmpty());
    }
}
