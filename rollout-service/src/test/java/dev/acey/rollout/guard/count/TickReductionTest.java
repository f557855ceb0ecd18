package dev.acey.rollout.guard.count;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TickReductionTest {

    private static final Instant START = Instant.parse("2026-01-15T04:05:10Z");

    @Property(tries = 300)
    void theOrderOfCallsAndFeedbackDoesNotMatter(
            @ForAll("calls") List<Observation> calls, @ForAll Random random) {
        List<Feedback> feedback =
                calls.stream()
                        .map(call -> new Feedback(call.id(), call.arm(), call.slow()))
                        .toList();
        List<Observation> shuffled = new ArrayList<>(calls);
        List<Feedback> shuffledFeedback = new ArrayList<>(feedback);
        Collections.shuffle(shuffled, random);
        Collections.shuffle(shuffledFeedback, random);
        assertEquals(
                reduce(0, calls, feedback, Map.of()),
                reduce(0, shuffled, shuffledFeedback, Map.of()));
    }

    @Property(tries = 300)
    void noKeyCountsMoreThanThreeTimesInAnArmHoweverItsCallsFallIntoTicks(
            @ForAll("calls") List<Observation> first, @ForAll("calls") List<Observation> second) {
        Map<CountedKey, KeyCount> known = new HashMap<>();
        int counted = 0;
        for (List<Observation> calls : List.of(first, second)) {
            ReducedTick tick = reduce(0, calls, List.of(), known);
            known.putAll(tick.keys());
            counted += tick.counts().baseline().requests() + tick.counts().candidate().requests();
        }
        List<Observation> all = new ArrayList<>(first);
        all.addAll(second);
        long keyless = all.stream().filter(call -> call.keyHash() == null).count();
        long expected =
                keyless
                        + all.stream()
                                .filter(call -> call.keyHash() != null)
                                .collect(
                                        java.util.stream.Collectors.groupingBy(
                                                call -> call.keyHash() + call.arm(),
                                                java.util.stream.Collectors.counting()))
                                .values()
                                .stream()
                                .mapToLong(calls -> Math.min(calls, 3))
                                .sum();
        assertEquals(expected, counted);
        assertTrue(
                known.values().stream()
                        .allMatch(count -> count.counted() >= 1 && count.counted() <= 3));
    }

    @Example
    void theEarliestCallsOfAKeyCountWhateverCameOfThem() {
        List<Observation> calls = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            calls.add(call(i, Arm.CANDIDATE, "k", i >= 3));
        }
        ArmCounts candidate = reduce(0, calls, List.of(), Map.of()).counts().candidate();
        assertEquals(3, candidate.requests());
        assertEquals(0, candidate.errors());
        assertEquals(2, candidate.uncounted());
    }

    @Example
    void aKeyIsNewOnceInEitherArmAndOnceForEachStageAmongItsKeys() {
        Map<CountedKey, KeyCount> known = new HashMap<>();
        ReducedTick first = reduce(0, List.of(call(0, Arm.BASELINE, "k", false)), List.of(), known);
        known.putAll(first.keys());
        assertEquals(1, first.counts().baseline().newKeys());
        assertEquals(1, first.counts().baseline().keys());
        ReducedTick moved =
                reduce(
                        1,
                        List.of(
                                call(1, Arm.CANDIDATE, "k", false),
                                call(2, Arm.CANDIDATE, "k", false)),
                        List.of(),
                        known);
        known.putAll(moved.keys());
        assertEquals(0, moved.counts().candidate().newKeys());
        assertEquals(1, moved.counts().candidate().keys());
        ReducedTick later =
                reduce(2, List.of(call(3, Arm.CANDIDATE, "k", false)), List.of(), known);
        assertEquals(1, later.counts().candidate().keys());
        assertEquals(0, later.counts().candidate().newKeys());
    }

    @Example
    void shadowAndLiveCallsOfAKeyAreCountedApart() {
        Map<CountedKey, KeyCount> known =
                Map.of(
                        new CountedKey("k", StageKind.SHADOW, Arm.CANDIDATE), new KeyCount(3, 0),
                        new CountedKey("k", StageKind.SHADOW, Arm.BASELINE), new KeyCount(3, 0));
        ArmCounts candidate =
                reduce(1, List.of(call(0, Arm.CANDIDATE, "k", false)), List.of(), known)
                        .counts()
                        .candidate();
        assertEquals(1, candidate.requests());
        assertEquals(1, candidate.newKeys());
    }

    @Example
    void aTickHoldsABoundedNumberOfCallsAndConfidences() {
        List<Observation> calls =
                IntStream.range(0, 2_500)
                        .mapToObj(i -> call(i, Arm.BASELINE, null, false))
                        .toList();
        ArmCounts baseline = reduce(0, calls, List.of(), Map.of()).counts().baseline();
        assertEquals(TickReduction.CALLS_PER_TICK, baseline.requests());
        assertEquals(TickReduction.CONFIDENCES_PER_TICK, baseline.confidences().size());
        assertEquals(1_500, baseline.uncounted());
        assertEquals(2_500, baseline.newKeys());
    }

    @Example
    void countsThatCannotBeAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new ArmCounts(1, 2, 0, 0, List.of(), 0, 0, 0, 0, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new ArmCounts(1, 0, 0, 0, List.of(10_001), 0, 0, 0, 0, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new ArmCounts(0, 0, 0, 0, List.of(), 1, 2, 0, 0, 0));
    }

    @Provide
    Arbitrary<List<Observation>> calls() {
        Arbitrary<Observation> call =
                Combinators.combine(
                                Arbitraries.integers().between(0, 40),
                                Arbitraries.of(Arm.class),
                                Arbitraries.of("a", "b", "c", "d").injectNull(0.2),
                                Arbitraries.of(true, false),
                                Arbitraries.of(true, false),
                                Arbitraries.doubles().between(0, 1).injectNull(0.3))
                        .as(
                                (millis, arm, key, error, slow, confidence) ->
                                        new Observation(
                                                UUID.randomUUID(),
                                                START.plusMillis(millis),
                                                arm,
                                                key,
                                                error,
                                                !error && slow,
                                                slow,
                                                confidence));
        return call.list().ofMaxSize(40);
    }

    private static Observation call(int millis, Arm arm, String key, boolean error) {
        return new Observation(
                new UUID(0, millis), START.plusMillis(millis), arm, key, error, false, false, 0.5);
    }

    private static ReducedTick reduce(
            int stage,
            List<Observation> calls,
            List<Feedback> feedback,
            Map<CountedKey, KeyCount> before) {
        return TickReduction.reduce(
                START, stage, StageKind.LIVE, 1_000, calls, feedback, before, 0);
    }
}
