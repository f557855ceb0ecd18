package dev.acey.log.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acey.log.threshold.Thresholds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    private static final Thresholds GUIDE = new Thresholds(0.05, 2000, 0.1, 0.2, 50, 900);
    private static final Subject ERRORS = new Subject(Rule.ERROR_RATE, "game", "candidate");
    private static final Duration TICK = Duration.ofSeconds(15);
    private static final Measurement GOOD = new Measurement(0.01, 100);
    private static final Measurement BAD = new Measurement(0.06, 100);
    private static final Measurement BETWEEN = new Measurement(0.048, 100);
    private static final Measurement TOO_FEW = new Measurement(1.0, 49);

    /** Alerts as they stand after a number of looks, and what was told on the way. */
    private static final class Replay {
        private final Map<UUID, Alert> stored = new HashMap<>();
        private final List<String> told = new ArrayList<>();
        private Instant now = Instant.parse("2026-01-15T04:05:06.000Z");
        private long ids;

        Replay look(Measurement... figures) {
            for (Measurement figure : figures) {
                Evaluation evaluation =
                        Evaluation.of(
                                figure == null ? Map.of() : Map.of(ERRORS, figure),
                                open(),
                                GUIDE,
                                now,
                                () -> new UUID(0, ++ids));
                evaluation.written().forEach(alert -> stored.put(alert.id(), alert));
                evaluation.forgotten().forEach(stored::remove);
                evaluation
                        .told()
                        .forEach(
                                alert ->
                                        told.add(
                                                alert.state()
                                                        + (alert.reason() == null
                                                                ? ""
                                                                : " " + alert.reason())));
                now = now.plus(TICK);
            }
            return this;
        }

        List<Alert> open() {
            return stored.values().stream()
                    .filter(alert -> alert.state() != Alert.State.RESOLVED)
                    .toList();
        }
    }

    @Test
    void aFigureOverItsThresholdFiresOnceAndIsResolvedOnce() {
        Replay replay = new Replay().look(GOOD, BAD, BAD, BAD, BAD, GOOD, GOOD, GOOD);
        assertEquals(List.of("FIRING", "RESOLVED RECOVERED"), replay.told);
        Alert alert = replay.stored.values().iterator().next();
        assertEquals(0.01, alert.value());
        assertEquals(0.05, alert.threshold());
        assertEquals(Duration.ofSeconds(60), Duration.between(alert.since(), alert.resolvedAt()));
    }

    @Test
    void oneLookIsNotEnoughToFireNorToResolve() {
        Replay replay = new Replay().look(BAD, GOOD, BAD, GOOD);
        assertEquals(List.of(), replay.told);
        assertEquals(Map.of(), replay.stored);
        replay.look(BAD, BAD, GOOD, BAD, GOOD, BAD);
        assertEquals(List.of("FIRING"), replay.told);
    }

    @Test
    void aFigureThatWaversAroundItsThresholdFiresOnce() {
        Replay replay = new Replay().look(BAD, BAD);
        for (int i = 0; i < 20; i++) {
            replay.look(BETWEEN, BETWEEN, BAD, BETWEEN, GOOD, BETWEEN, GOOD);
        }
        assertEquals(List.of("FIRING"), replay.told);
    }

    @Test
    void theThresholdItselfIsNotOver() {
        Measurement exactly = new Measurement(0.05, 100);
        assertEquals(List.of(), new Replay().look(exactly, exactly, exactly).told);
    }

    @Test
    void tooFewCallsNeitherFireNorResolve() {
        Replay replay = new Replay().look(TOO_FEW, TOO_FEW, BAD, TOO_FEW, BAD, null, BAD);
        assertEquals(List.of(), replay.told);
        replay.look(BAD, TOO_FEW, GOOD, TOO_FEW, GOOD, null, GOOD);
        assertEquals(List.of("FIRING"), replay.told);
    }

    @Test
    void anHourWithTooFewCallsResolvesWithTheReasonThatThereAreNoData() {
        Replay replay = new Replay().look(BAD, BAD);
        for (int i = 0; i < 240; i++) {
            replay.look(i % 2 == 0 ? null : TOO_FEW);
        }
        assertEquals(List.of("FIRING"), replay.told);
        replay.look((Measurement) null);
        assertEquals(List.of("FIRING", "RESOLVED NO_DATA"), replay.told);
    }

    @Test
    void callsInBetweenBeginTheSilenceAnew() {
        Replay replay = new Replay().look(BAD, BAD);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 230; j++) {
                replay.look((Measurement) null);
            }
            replay.look(BAD);
        }
        assertEquals(List.of("FIRING"), replay.told);
    }

    @Test
    void whatFiresAgainIsANewAlert() {
        Replay replay = new Replay().look(BAD, BAD, GOOD, GOOD, BAD, BAD);
        assertEquals(List.of("FIRING", "RESOLVED RECOVERED", "FIRING"), replay.told);
        assertEquals(2, replay.stored.size());
    }

    @Property(tries = 500)
    void firingAndResolvingTakeTurnsWhateverTheFigures(@ForAll("figures") List<Measurement> all) {
        Replay replay = new Replay();
        all.forEach(replay::look);
        for (int i = 0; i < replay.told.size(); i++) {
            assertEquals(i % 2 == 0, replay.told.get(i).equals("FIRING"), replay.told.toString());
        }
        assertTrue(replay.open().size() <= 1);
    }

    @Property(tries = 500)
    void twoLooksOverTheThresholdAreFiringAndTwoFarUnderItAreNot(
            @ForAll("figures") List<Measurement> all) {
        Replay replay = new Replay();
        all.forEach(replay::look);
        replay.look(BAD, BAD);
        assertEquals(Alert.State.FIRING, replay.open().get(0).state());
        replay.look(GOOD, GOOD);
        assertEquals(List.of(), replay.open());
    }

    @Provide
    Arbitrary<List<Measurement>> figures() {
        return Arbitraries.of(GOOD, BAD, BETWEEN, TOO_FEW, new Measurement(null, 0))
                .list()
                .ofMaxSize(60);
    }
}
