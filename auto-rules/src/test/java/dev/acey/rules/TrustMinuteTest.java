package dev.acey.rules;

import static dev.acey.rules.TestJson.AT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    private static final BigDecimal ROUNDING = new BigDecimal("1e-12");

    private record Signal(long gapMillis, double delta) {}

    /** A channel, and beside it every delta ever delivered there, which no bound shortens. */
    private static final class Channel {
        private final List<Trust.Delta> delivered = new ArrayList<>();
        private RuleState state = RuleState.neutral();

        double signal(Instant at, double delta) {
            ObjectNode output = output(delta);
            Verdict verdict = RuleSet.shipped().judge(output, state, at);
            state = state.after(output, verdict, at);
            double left = verdict.output().at("/intents/0/delta").doubleValue();
            delivered.add(new Trust.Delta(at, left));
            return left;
        }

        BigDecimal deliveredInTheMinuteTo(Instant at) {
            return new Trust(0, delivered).lastMinuteSum(at);
        }

        Trust trust() {
            return state.trust().getOrDefault("ann", Trust.NEUTRAL);
        }
    }

    @Property(tries = 12, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void noSignalTakesTheTrueSumOfItsMinuteFartherPastTheBound(
            @ForAll("signals") List<Signal> signals) {
        Channel channel = new Channel();
        Instant at = AT;
        for (Signal signal : signals) {
            at = at.plusMillis(signal.gapMillis());
            BigDecimal before = channel.deliveredInTheMinuteTo(at);
            channel.signal(at, signal.delta());
            BigDecimal after = channel.deliveredInTheMinuteTo(at);

            assertTrue(
                    after.abs().compareTo(BOUND.max(before.abs()).add(ROUNDING)) <= 0,
                    () -> before + " became " + after);
            assertEquals(0, after.compareTo(channel.trust().lastMinuteSum(at)));
            assertTrue(channel.trust().deltas().size() <= Limits.MAX_DELTAS);
        }
    }

    @Property(tries = 6, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void everyMinuteOfSignalsOfOneSignStaysWithinTheBound(
            @ForAll("signals") List<Signal> signals, @ForAll boolean isUp) {
        Channel channel = new Channel();
        Instant at = AT;
        for (Signal signal : signals) {
            at = at.plusMillis(signal.gapMillis());
            channel.signal(at, isUp ? Math.abs(signal.delta()) : -Math.abs(signal.delta()));
            BigDecimal sum = channel.deliveredInTheMinuteTo(at);

            assertTrue(sum.abs().compareTo(BOUND.add(ROUNDING)) <= 0, sum::toString);
        }
    }

    @Test
    void aDeltaIsCountedAtItsOwnInstantHoweverManyFollow() {
        Channel channel = new Channel();
        channel.signal(AT, 0.1);
        channel.signal(AT.plusMillis(900), -0.1);
        for (int i = 0; i < 300; i++) {
            channel.signal(AT.plusMillis(1_000 + i * 100), i % 2 == 0 ? 0.001 : -0.001);
        }

        assertEquals(0, channel.signal(AT.plusMillis(60_500), -0.1));
        assertEquals(0.1, channel.signal(AT.plusMillis(60_600), 0.1));
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

    @Provide
    Arbitrary<List<Signal>> signals() {
        Arbitrary<Double> deltas =
                Arbitraries.oneOf(
                        Arbitraries.doubles().between(-0.0005, 0.0005).ofScale(6),
                        Arbitraries.doubles().between(-0.3, 0.3).ofScale(3),
                        Arbitraries.doubles().between(-0.3, 0.3).ofScale(17));
        return Combinators.combine(Arbitraries.longs().between(0, 400), deltas)
                .as(Signal::new)
                .list()
                .ofMinSize(500)
                .ofMaxSize(700);
    }

    private static ObjectNode output(double... deltas) {
        ArrayNode intents = JSON.arrayNode();
        for (double delta : deltas) {
            intents.addObject().put("type", "trust_signal").put("user", "ann").put("delta", delta);
        }
        return JSON.objectNode().set("intents", intents);
    }
}
