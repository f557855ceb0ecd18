package dev.acey.rollout.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acey.kit.task.Risk;
import dev.acey.rollout.task.Streaming;
import dev.acey.rollout.task.TaskSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SnapshotTest {

    private static final Instant NOW = Instant.parse("2026-01-15T04:05:06.123Z");
    private static final Snapshot SNAPSHOT =
            Snapshot.of(
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
                                    1,
                                    NOW)));

    @Test
    void withoutARolloutEveryKeyGoesToTheBaseline() {
        Route expected = new Route(Route.Variant.BASELINE, "base", Route.Reason.NO_ROLLOUT);
        assertEquals(Optional.of(expected), SNAPSHOT.route("game", "anyone", NOW));
        assertEquals(Optional.of(expected), SNAPSHOT.route("game", null, NOW));
    }

    @Test
    void aPinnedKeyGoesToItsModel() {
        assertEquals(
                Optional.of(new Route(Route.Variant.CANDIDATE, "next", Route.Reason.OVERRIDE)),
                SNAPSHOT.route("game", "tester", NOW));
        assertEquals(
                Optional.of(new Route(Route.Variant.BASELINE, "old", Route.Reason.OVERRIDE)),
                SNAPSHOT.route("game", "museum", NOW));
    }

    @Test
    void whatCouldNotBeConfirmedForAMinuteRoutesToTheBaseline() {
        Instant atTheLimit = NOW.plus(Snapshot.FRESH);
        assertEquals(
                Route.Reason.OVERRIDE,
                SNAPSHOT.route("game", "tester", atTheLimit).orElseThrow().reason());
        assertEquals(
                Optional.of(new Route(Route.Variant.BASELINE, "base", Route.Reason.STALE)),
                SNAPSHOT.route("game", "tester", atTheLimit.plusMillis(1)));
        assertEquals(
                Route.Reason.OVERRIDE,
                SNAPSHOT.confirmed(atTheLimit)
                        .route("game", "tester", atTheLimit.plusMillis(1))
                        .orElseThrow()
                        .reason());
    }

    @Test
    void aTaskWithoutABaselineHasNoRoute() {
        assertTrue(SNAPSHOT.route("audio", "anyone", NOW).isEmpty());
        assertTrue(SNAPSHOT.route("never-heard-of", "anyone", NOW).isEmpty());
    }
}
