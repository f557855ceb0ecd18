package dev.acey.rules;

import static dev.acey.rules.TestJson.AT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** How the last minute of trust is kept where more signals come than a state holds. */
class TrustMinuteTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final BigDecimal BOUND = new BigDecimal("0.1");
    private static final BigDecimal ROUNDING = new BigDecimal("1e-15");

    /**
     * Signals of one output.
     *
     * @param gapMillis since the output before
     */
    private record Signals(long gapMillis, List<Double> deltas) {}

    /** A channel, and beside it every delta ever delivered there, which no bound shortens. */
    private static final class Channel {
        private final List<Trust.Delta> delivered = new ArrayList<>();
        private RuleState state = RuleState.neutral();

        List<Double> signals(Instant at, double... deltas) {
            ObjectNode output = output(deltas);
            Verdict verdict = RuleSet.shipped().judge(output, state, at);
            state = state.after(output, verdict, at);
            List<Double> left = new ArrayList<>();
            for (JsonNode intent : verdict.output().get("intents")) {
                left.add(intent.get("delta").doubleValue());
                delivered.add(new Trust.Delta(at, intent.get("delta").doubleValue()));
            }
            return left;
        }

        /** At each instant at which it changes, and so at every one. */
        List<BigDecimal> sumsOfTheTrailingMinute() {
            NavigableMap<Instant, BigDecimal> changes = new TreeMap<>();
            for (Trust.Delta delta : delivered) {
                BigDecimal change = Decimals.of(delta.delta());
                changes.merge(delta.at(), change, BigDecimal::add);
                changes.merge(delta.at().plusSeconds(60), change.negate(), BigDecimal::add);
            }
            List<BigDecimal> sums = new ArrayList<>();
            BigDecimal sum = BigDecimal.ZERO;
            for (BigDecimal change : changes.values()) {
                sum = sum.add(change);
                sums.add(sum);
            }
            return sums;
        }

        Trust trust() {
            return state.trust().getOrDefault("ann", Trust.NEUTRAL);
        }
    }

    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void theSumOfTheTrailingMinuteStaysWithinTheBoundAtEveryInstant(
            @ForAll("signals") List<Signals> signals) {
        Channel channel = new Channel();
        Instant at = AT;
        for (Signals next : signals) {
            at = at.plusMillis(next.gapMillis());
            channel.signals(at, next.deltas().stream().mapToDouble(d -> d).toArray());

            assertTrue(channel.trust().score() >= 0 && channel.trust().score() <= 1);
            assertTrue(channel.trust().deltas().size() <= Limits.MAX_DELTAS);
        }
        for (BigDecimal sum : channel.sumsOfTheTrailingMinute()) {
            assertTrue(sum.abs().compareTo(BOUND.add(ROUNDING)) <= 0, sum::toString);
        }
    }

    @Test
    void anOppositeDeltaMakesNoRoomThatOutlastsIt() {
        Channel channel = new Channel();

        assertEquals(List.of(0.1), channel.signals(AT, 0.15));
        assertEquals(List.of(-0.1), channel.signals(AT.plusSeconds(30), -0.2));
        assertEquals(List.of(0.1), channel.signals(AT.plusSeconds(59), 0.2));
        assertEquals(List.of(-0.1), channel.signals(AT.plusSeconds(60), -0.2));
    }

    @Test
    void deltasOfOneInstantAreSeenTogetherOnly() {
        Channel channel = new Channel();

        assertEquals(List.of(0.1, -0.2), channel.signals(AT, 0.15, -0.3));
        assertEquals(List.of(0.05), channel.signals(AT, 0.05));
        assertEquals(List.of(-0.05), channel.signals(AT.plusMillis(1), -0.15));
    }

    @Test
    void aDeltaIsCountedAtItsOwnInstantHoweverManyFollow() {
        Channel channel = new Channel();
        channel.signals(AT, 0.1);
        channel.signals(AT.plusMillis(900), -0.1);
        for (int i = 0; i < 300; i++) {
            channel.signals(AT.plusMillis(1_000 + i * 100), i % 2 == 0 ? 0.001 : -0.001);
        }

        assertEquals(List.of(0.0), channel.signals(AT.plusMillis(60_500), -0.1));
        assertEquals(List.of(0.1), channel.signals(AT.plusMillis(60_600), 0.1));
    }

    @Test
    void whatAMinuteHasNoPlaceForIsSetToZeroInTheVerdictToo() {
        double[] deltas = new double[Limits.MAX_DELTAS + 3];
        Arrays.fill(deltas, 0.0001);
        deltas[7] = 0;
        deltas[Limits.MAX_DELTAS + 1] = 0;
        Verdict verdict = RuleSet.shipped().judge(output(deltas), RuleState.neutral(), AT);
        RuleState after = RuleState.neutral().after(output(deltas), verdict, AT);
        deltas[Limits.MAX_DELTAS + 2] = 0;

        assertEquals(CanonicalJson.text(output(deltas)), CanonicalJson.text(verdict.output()));
        assertEquals(
                List.of(
                        new Finding(
                                "engine.trust",
                                Limits.MAX_DELTAS + 2,
                                Effect.SET,
                                "a user's trust changes at most 200 times a minute")),
                verdict.findings());
        assertEquals(Decision.MODIFIED, verdict.decision());
        assertEquals(Limits.MAX_DELTAS, after.trust().get("ann").deltas().size());
    }

    @Test
    void aFullMinuteIsAmongThePartsRead() {
        RuleSet withoutTrust = TestJson.ruleSet("speech", "true", "flag");
        RuleState full =
                new RuleState(Persona.NEUTRAL, Map.of("ann", full()), List.of(), List.of());
        TracedVerdict traced = withoutTrust.judgeTraced(output(0.1), full, AT);

        assertEquals("engine.trust", TestJson.engineFinding(traced.verdict()));
        assertEquals(traced.verdict(), withoutTrust.judge(output(0.1), traced.read(), AT));
        assertEquals(
                List.of(), withoutTrust.judge(output(0.1), full, AT.plusSeconds(60)).findings());
    }

    @Test
    void anOldVerdictDoesNotOverfillTheMinute() {
        RuleState full =
                new RuleState(Persona.NEUTRAL, Map.of("ann", full()), List.of(), List.of());
        Verdict before = RuleSet.shipped().judge(output(0.1), RuleState.neutral(), AT);

        assertEquals(full, full.after(output(0.1), before, AT));
    }

    private static Trust full() {
        return new Trust(0.5, Collections.nCopies(Limits.MAX_DELTAS, new Trust.Delta(AT, 1e-4)));
    }

    /** Few that lie far apart, or more than a minute has a place for. */
    @Provide
    Arbitrary<List<Signals>> signals() {
        Arbitrary<Double> small = Arbitraries.doubles().between(-0.0005, 0.0005).ofScale(6);
        Arbitrary<Double> large =
                Arbitraries.oneOf(
                        Arbitraries.doubles().between(-0.3, 0.3).ofScale(3),
                        Arbitraries.doubles().between(-0.3, 0.3).ofScale(17));
        return Arbitraries.oneOf(
                signals(30_000, large).list().ofMinSize(2).ofMaxSize(40),
                signals(400, Arbitraries.oneOf(small, large)).list().ofMinSize(200).ofMaxSize(300));
    }

    private static Arbitrary<Signals> signals(long longestGap, Arbitrary<Double> deltas) {
        return Combinators.combine(
                        Arbitraries.longs().between(0, longestGap),
                        deltas.list().ofMinSize(1).ofMaxSize(3))
                .as(Signals::new);
    }

    private static ObjectNode output(double... deltas) {
        ArrayNode intents = JSON.arrayNode();
        for (double delta : deltas) {
            intents.addObject().put("type", "trust_signal").put("user", "ann").put("delta", delta);
        }
        return JSON.objectNode().set("intents", intents);
    }
}
