package dev.acey.rollout.guard;

import static dev.acey.rollout.guard.Ticks.ALL;
import static dev.acey.rollout.guard.Ticks.HALF;
import static dev.acey.rollout.guard.Ticks.SHADOW;
import static dev.acey.rollout.guard.Ticks.calls;
import static dev.acey.rollout.guard.Ticks.feedback;
import static dev.acey.rollout.guard.Ticks.stage;
import static dev.acey.rollout.guard.Ticks.tick;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acey.rollout.guard.count.ArmCounts;
import dev.acey.rollout.guard.count.StageKind;
import dev.acey.rollout.guard.count.TickCounts;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class GuardTest {

    private static final GuardedStage EARLY = stage(0, StageKind.LIVE, 1_000, false);
    private static final Duration ENOUGH = Duration.ofSeconds(600);
    private static final Duration TOO_LONG = Duration.ofSeconds(3_600);
    private static final History HISTORY =
            new History(86_400, 10_000, 100, 500, 200, 10_000, 200, 30);

    private final Guard guard = guard(false);

    @Property(tries = 50)
    void withoutDataARolloutHoldsAndThenPauses(
            @ForAll @IntRange(max = 100) int ticks, @ForAll @IntRange(max = 7_200) int seconds) {
        for (GuardedStage stage : List.of(SHADOW, EARLY, HALF, ALL)) {
            GuardState state = guard.start(stage);
            for (int i = 0; i < ticks; i++) {
                state = guard.add(state, tick(stage, ArmCounts.NONE, ArmCounts.NONE));
            }
            Action expected = seconds < 3_600 ? Action.HOLD : Action.PAUSE;
            assertEquals(
                    expected, guard.verdict(state, stage, Duration.ofSeconds(seconds)).verdict());
        }
    }

    @Property(tries = 50)
    void oneArmAloneNeverRollsBackNorAdvances(
            @ForAll("arms") List<ArmCounts> arms, @ForAll boolean candidate) {
        GuardState state = guard.start(HALF);
        for (ArmCounts arm : arms) {
            // Without keys: a split of 0 to 100 is a reason to pause of its own.
            ArmCounts withoutKeys =
                    new ArmCounts(
                            arm.requests(),
                            0,
                            0,
                            0,
                            arm.confidences(),
                            arm.feedbacks(),
                            arm.positives(),
                            0,
                            0,
                            0);
            state =
                    guard.add(
                            state,
                            candidate
                                    ? tick(HALF, ArmCounts.NONE, withoutKeys)
                                    : tick(HALF, withoutKeys, ArmCounts.NONE));
        }
        assertEquals(Action.HOLD, guard.verdict(state, HALF, ENOUGH).verdict());
        assertEquals(Action.PAUSE, guard.verdict(state, HALF, TOO_LONG).verdict());
    }

    @Example
    void aCandidateThatFailsMoreOftenIsRolledBackWithItsNumbers() {
        GuardState state = guard.start(EARLY);
        for (int i = 0; i < 10; i++) {
            state = guard.add(state, tick(EARLY, calls(54), calls(6, 3, 0, 0)));
        }
        GuardVerdict verdict = guard.verdict(state, EARLY, Duration.ZERO);
        assertEquals(Action.ROLL_BACK, verdict.verdict());
        assertTrue(
                verdict.reasons()
                        .get(0)
                        .startsWith(
                                "over the rollout the candidate's error rate is 50.00 %, the"
                                        + " baseline's 0.00 %"),
                () -> verdict.reasons().toString());
        MetricFigures error = verdict.metrics().get(Metric.ERROR.ordinal());
        assertEquals(60, error.candidateSamples());
        assertEquals(0.5, error.candidate());
        assertTrue(error.lnHarm() > Math.log(25 * 5));
    }

    @Example
    void aDropOfConfidenceRollsBack() {
        GuardState state = guard.start(HALF);
        ArmCounts shy = new ArmCounts(30, 0, 0, 0, Collections.nCopies(30, 4_000), 0, 0, 30, 30, 0);
        for (int i = 0; i < 5; i++) {
            state = guard.add(state, tick(HALF, calls(30), shy));
        }
        assertEquals(Action.ROLL_BACK, guard.verdict(state, HALF, Duration.ZERO).verdict());
    }

    @Example
    void anEarlyStageIsLeftOnItsMinimaWithNoSignOfHarm() {
        GuardState few = guard.start(EARLY);
        for (int i = 0; i < 9; i++) {
            few = guard.add(few, tick(EARLY, calls(45), calls(5)));
        }
        assertEquals(Action.HOLD, guard.verdict(few, EARLY, ENOUGH).verdict());
        GuardState enough = guard.add(few, tick(EARLY, calls(45), calls(5)));
        assertEquals(Action.HOLD, guard.verdict(enough, EARLY, ENOUGH.minusSeconds(1)).verdict());
        assertEquals(Action.ADVANCE, guard.verdict(enough, EARLY, ENOUGH).verdict());
    }

    @Example
    void manyCallsOfFewKeysDoNotLeaveAStage() {
        ArmCounts oneUser = new ArmCounts(30, 0, 0, 0, List.of(), 0, 0, 1, 1, 0);
        GuardState state = guard.start(EARLY);
        for (int i = 0; i < 5; i++) {
            state = guard.add(state, tick(EARLY, calls(30), oneUser));
        }
        GuardVerdict verdict = guard.verdict(state, EARLY, ENOUGH);
        assertEquals(Action.HOLD, verdict.verdict());
        assertEquals(List.of("they are of 5 of at least 30 distinct keys"), verdict.reasons());
    }

    @Example
    void theLastStepWaitsForCertaintyInEveryGatedMetric() {
        GuardState state = guard.start(HALF);
        int ticks = 0;
        Action action;
        do {
            assertTrue(ticks++ < 200, "certain candidates are promoted");
            state = guard.add(state, tick(HALF, calls(30, 0, 2, 0), calls(30, 0, 2, 0)));
            GuardVerdict verdict = guard.verdict(state, HALF, ENOUGH);
            action = verdict.verdict();
            boolean certain =
                    verdict.metrics().stream()
                            .noneMatch(figures -> figures.assurance() == Assurance.OPEN);
            assertEquals(certain, action == Action.ADVANCE);
        } while (action == Action.HOLD);
        assertTrue(ticks > 10, "a few hundred calls are not certain");
        assertEquals(
                Assurance.NOT_CHECKED,
                guard.verdict(state, HALF, ENOUGH)
                        .metrics()
                        .get(Metric.INACCURACY.ordinal())
                        .assurance());
        // The same calls say nothing about accuracy: where it is gated, they are not enough.
        assertEquals(Action.HOLD, guard(true).verdict(state, HALF, ENOUGH).verdict());
    }

    @Example
    void feedbackMakesAccuracyCertainAndItsLackDoesNot() {
        Guard gated = guard(true);
        GuardState state = gated.start(HALF);
        for (int i = 0; i < 100; i++) {
            state = gated.add(state, tick(HALF, feedback(10, 9), feedback(10, 9)));
        }
        assertEquals(
                Assurance.CERTAIN,
                gated.verdict(state, HALF, ENOUGH)
                        .metrics()
                        .get(Metric.INACCURACY.ordinal())
                        .assurance());
    }

    @Example
    void confidenceIsCheckedWhereTheBaselineGivesIt() {
        GuardState state = guard.start(HALF);
        ArmCounts silent = new ArmCounts(30, 0, 0, 0, List.of(), 0, 0, 30, 30, 0);
        for (int i = 0; i < 100; i++) {
            state = guard.add(state, tick(HALF, calls(30), silent));
        }
        GuardVerdict verdict = guard.verdict(state, HALF, ENOUGH);
        assertEquals(Action.HOLD, verdict.verdict());
        assertEquals(
                Assurance.OPEN, verdict.metrics().get(Metric.CONFIDENCE.ordinal()).assurance());
        Guard unheard = new Guard(settings(false), History.NONE);
        GuardState neither = unheard.start(HALF);
        for (int i = 0; i < 10; i++) {
            neither = unheard.add(neither, tick(HALF, silent, silent));
        }
        assertEquals(
                Assurance.NOT_CHECKED,
                unheard.verdict(neither, HALF, ENOUGH)
                        .metrics()
                        .get(Metric.CONFIDENCE.ordinal())
                        .assurance());
    }

    @Property(tries = 50)
    void shadowCountsAgainstACandidateNeverForIt(@ForAll("shadow") List<TickCounts> ticks) {
        GuardState state = guard.start(SHADOW);
        for (TickCounts tick : ticks) {
            state = guard.add(state, tick);
        }
        for (Metric metric : Metric.values()) {
            assertEquals(0, state.evidence().lnNoHarm(metric), 1e-12);
        }
        assertEquals(0, guard.verdict(state, SHADOW, ENOUGH).lnSampleRatio());
    }

    @Example
    void aBadShadowRollsBackBeforeAnyoneSeesIt() {
        GuardState state = guard.start(SHADOW);
        for (int i = 0; i < 5; i++) {
            state = guard.add(state, tick(SHADOW, calls(60), calls(6, 5, 0, 0)));
        }
        assertEquals(Action.ROLL_BACK, guard.verdict(state, SHADOW, Duration.ZERO).verdict());
    }

    @Example
    void aLimitTheBaselinePassesAsWellPauses() {
        GuardState state = guard.start(HALF);
        for (int i = 0; i < 60; i++) {
            state = guard.add(state, tick(HALF, calls(30, 3, 0, 0), calls(30, 3, 0, 0)));
        }
        GuardVerdict verdict = guard.verdict(state, HALF, Duration.ZERO);
        assertEquals(Action.PAUSE, verdict.verdict());
        assertTrue(verdict.reasons().get(0).contains("the baseline's is too, 10.00 %"));
        GuardState resumed = guard.resume(state);
        assertNotEquals(Action.PAUSE, guard.verdict(resumed, HALF, Duration.ZERO).verdict());
    }

    @Example
    void aBadCallOrTwoOfTheBaselineDoNotExcuseTheCandidate() {
        GuardState state = guard.start(HALF);
        state = guard.add(state, tick(HALF, calls(3, 1, 0, 0), calls(5, 5, 0, 0)));
        GuardVerdict verdict = guard.verdict(state, HALF, Duration.ZERO);
        assertEquals(Action.ROLL_BACK, verdict.verdict(), () -> verdict.reasons().toString());
    }

    @Example
    void aBaselineThatFailsAsWellFromTheFirstCallPauses() {
        GuardState state = guard.start(HALF);
        state = guard.add(state, tick(HALF, calls(5, 5, 0, 0), calls(5, 5, 0, 0)));
        GuardVerdict verdict = guard.verdict(state, HALF, Duration.ZERO);
        assertEquals(Action.PAUSE, verdict.verdict(), () -> verdict.reasons().toString());
        assertTrue(verdict.reasons().get(0).contains("the baseline's is too, 100.00 %"));
    }

    @Example
    void whatTurnsBadLateIsSaidWithTheFiguresOfTheStageAndOfTheRollout() {
        GuardState state = guard.start(HALF);
        for (int i = 0; i < 50; i++) {
            state = guard.add(state, tick(HALF, calls(30), calls(30)));
        }
        state = guard.enter(state, ALL);
        state = guard.add(state, tick(ALL, ArmCounts.NONE, calls(100, 0, 60, 0)));
        GuardVerdict verdict = guard.verdict(state, ALL, Duration.ZERO);
        assertEquals(Action.ROLL_BACK, verdict.verdict());
        assertTrue(
                verdict.reasons()
                        .get(0)
                        .startsWith(
                                "the candidate's rejection rate is over the limit of 20.00 %"
                                        + " (60.00 % in this stage, 3.75 % in the rollout)"),
                () -> verdict.reasons().toString());
    }

    @Example
    void atAllTrafficOnlyTheLimitsGoOn() {
        GuardState before = guard.start(HALF);
        for (int i = 0; i < 50; i++) {
            before = guard.add(before, tick(HALF, calls(30), calls(30)));
        }
        GuardState state = guard.enter(before, ALL);
        for (int i = 0; i < 10; i++) {
            state = guard.add(state, tick(ALL, ArmCounts.NONE, calls(60, 20, 0, 0)));
        }
        assertEquals(before.evidence(), state.evidence());
        GuardVerdict verdict = guard.verdict(state, ALL, Duration.ZERO);
        assertEquals(Action.ROLL_BACK, verdict.verdict());
        assertTrue(verdict.reasons().get(0).contains("is over the limit of 5.00 %"));
    }

    @Example
    void aCandidateWithoutAFaultIsPromotedAtAllTraffic() {
        GuardState state = guard.start(HALF);
        for (int i = 0; i < 100; i++) {
            state = guard.add(state, tick(HALF, calls(30), calls(30)));
        }
        assertEquals(Action.ADVANCE, guard.verdict(state, HALF, ENOUGH).verdict());
        state = guard.enter(state, ALL);
        assertEquals(Action.HOLD, guard.verdict(state, ALL, ENOUGH).verdict());
        state = guard.add(state, tick(ALL, ArmCounts.NONE, calls(60)));
        assertEquals(Action.ADVANCE, guard.verdict(state, ALL, ENOUGH).verdict());
    }

    @Example
    void anUnevenSplitPausesUntilAPersonLetsItGoOn() {
        GuardState state = guard.start(HALF);
        for (int i = 0; i < 40; i++) {
            state = guard.add(state, tick(HALF, calls(40), calls(20)));
        }
        GuardVerdict verdict = guard.verdict(state, HALF, ENOUGH);
        assertEquals(Action.PAUSE, verdict.verdict());
        assertTrue(verdict.reasons().get(0).startsWith("keys do not split as configured"));
        assertNotEquals(Action.PAUSE, guard.verdict(guard.resume(state), HALF, ENOUGH).verdict());
    }

    @Example
    void anOpenBlockEndsWithItsStage() {
        GuardState state = guard.start(EARLY);
        state = guard.add(state, tick(EARLY, calls(500), ArmCounts.NONE));
        assertEquals(500, state.open().sides().baseline().requests());
        state = guard.enter(state, HALF);
        assertEquals(OpenBlocks.NONE, state.open());
        assertEquals(500, state.total().baseline().requests());
    }

    @Example
    void aMillionCallsStayFinite() {
        GuardState state = guard.start(HALF);
        for (int i = 0; i < 500; i++) {
            state =
                    guard.add(
                            state, tick(HALF, calls(1_000, 10, 50, 20), calls(1_000, 10, 50, 20)));
        }
        GuardVerdict verdict = guard.verdict(state, HALF, ENOUGH);
        assertEquals(Action.ADVANCE, verdict.verdict());
        assertTrue(Double.isFinite(verdict.lnHarm()) && Double.isFinite(verdict.lnLimits()));
        for (MetricFigures figures : verdict.metrics()) {
            assertTrue(Double.isFinite(figures.lnHarm()), figures::toString);
            assertTrue(Double.isFinite(figures.lnNoHarm()), figures::toString);
        }
    }

    @Example
    void whatIsLeftOpenHasABound() {
        GuardState state = guard.start(EARLY);
        for (int i = 0; i < 200; i++) {
            state = guard.add(state, tick(EARLY, calls(100), ArmCounts.NONE));
        }
        assertEquals(1_000, state.open().baseline().size());
        assertEquals(20_000, state.open().sides().baseline().requests());
    }

    @Example
    void aTickOfAnotherStageIsRefused() {
        GuardState state = guard.start(EARLY);
        assertThrows(
                IllegalArgumentException.class,
                () -> guard.add(state, tick(HALF, calls(1), calls(1))));
        assertThrows(IllegalArgumentException.class, () -> guard.verdict(state, HALF, ENOUGH));
    }

    @Example
    void settingsOutOfBoundsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Tolerances(0, 0.1, 0.1, 0.1, 0.1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Tolerances(0.1, 0.1, 0.1, Double.NaN, 0.1));
        assertThrows(IllegalArgumentException.class, () -> new Limits(0.05, 1, 0.05));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new GuardSettings(
                                Tolerances.DEFAULT, Limits.DEFAULT, 1, 100, 3, 20, 1e3, 30, false));
        assertThrows(IllegalArgumentException.class, () -> new History(1, 10, 11, 0, 0, 0, 0, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new GuardedStage(0, StageKind.LIVE, 10_001, 50, 0, 1, false));
    }

    @Example
    void feedbackCarriesAccuracyWhereEnoughOfItComesInTime() {
        History history = new History(86_400, 10_000, 0, 0, 0, 0, 2_000, 200);
        assertTrue(history.carriesAccuracy(5_000, 86_400));
        assertTrue(!history.carriesAccuracy(5_000, 43_200));
        assertTrue(!history.carriesAccuracy(1_000, 86_400));
        assertTrue(!History.NONE.carriesAccuracy(5_000, 86_400));
    }

    @Provide
    Arbitrary<List<ArmCounts>> arms() {
        return Ticks.any(HALF).map(TickCounts::baseline).list().ofMaxSize(30);
    }

    @Provide
    Arbitrary<List<TickCounts>> shadow() {
        return Arbitraries.just(SHADOW).flatMap(stage -> Ticks.any(stage).list().ofMaxSize(30));
    }

    private static Guard guard(boolean accuracyGated) {
        return new Guard(settings(accuracyGated), HISTORY);
    }

    private static GuardSettings settings(boolean accuracyGated) {
        return GuardSettings.of(Tolerances.DEFAULT, Limits.DEFAULT, accuracyGated);
    }
}
