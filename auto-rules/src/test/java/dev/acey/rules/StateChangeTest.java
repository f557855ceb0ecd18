package dev.acey.rules;

import static dev.acey.rules.TestJson.AT;
import static dev.acey.rules.TestJson.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StateChangeTest {
    @Test
    void whatIsDeliveredChangesTheState() {
        RuleState after =
                after(
                        RuleState.neutral(),
                        "{'intents': ["
                                + "{'type': 'memory_proposal', 'confidence': 1, 'content': 'Ann bluffs'},"
                                + "{'type': 'persona_mode_proposal', 'mode': 'hype'},"
                                + "{'type': 'trust_signal', 'user': 'ann', 'delta': 0.3},"
                                + "{'type': 'wave'}]}",
                        AT);

        assertEquals(List.of(new Memory("Ann bluffs", AT)), after.memories());
        assertEquals(new Persona("hype", false, AT), after.persona());
        assertEquals(
                Map.of("ann", new Trust(0.6, List.of(new Trust.Delta(AT, 0.1)))), after.trust());
    }

    @Test
    void aBlockedOrHeldOutputChangesNothing() {
        String output =
                "{'speech': 'x', 'intents': [{'type': 'memory_proposal', 'text': 'Ann', 'confidence': %s}]}";
        RuleSet holding = TestJson.ruleSet("speech", "true", "hold");
        JsonNode held = json(output.formatted(1));

        assertEquals(RuleState.neutral(), after(RuleState.neutral(), output.formatted(0.1), AT));
        assertEquals(
                RuleState.neutral(),
                RuleState.neutral().after(held, holding.judge(held, RuleState.neutral(), AT), AT));
    }

    @Test
    void aDroppedIntentChangesNothing() {
        RuleState locked =
                new RuleState(new Persona("calm", true, null), Map.of(), List.of(), List.of());

        assertEquals(
                locked,
                after(
                        locked,
                        "{'intents': [{'type': 'persona_mode_proposal', 'mode': 'hype'}]}",
                        AT));
    }

    @Test
    void aSuggestionThatReachesAPersonIsNotedAndARepetitionIsNot() {
        String output =
                "{'intents': [{'type': 'shadow_ban_suggestion', 'severity': 'high', 'justification': 'spam'}]}";
        RuleState once = after(RuleState.neutral(), output, AT);
        RuleState twice = after(once, output, AT.plusSeconds(200));
        RuleState later = after(twice, output, AT.plusSeconds(300));

        assertEquals(List.of(new Moderation("spam", AT)), once.moderation());
        assertEquals(once.moderation(), twice.moderation());
        assertEquals(List.of(new Moderation("spam", AT.plusSeconds(300))), later.moderation());
    }

    @Test
    void theLastMinuteOfTrustIsNeverPassed() {
        RuleState state = RuleState.neutral();
        List<Trust.Delta> applied = new ArrayList<>();
        for (int second = 0; second < 200; second++) {
            Instant at = AT.plusSeconds(second);
            state =
                    after(
                            state,
                            "{'intents': [{'type': 'trust_signal', 'user': 'ann', 'delta': 0.013}]}",
                            at);
            applied.clear();
            applied.addAll(state.trust().get("ann").deltas());

            assertTrue(minute(state, at).sum().doubleValue() <= 0.1);
        }
        assertEquals(0.9, state.trust().get("ann").score());
    }

    @Test
    void listsKeepTheNewest() {
        List<Memory> memories =
                IntStream.range(0, 500).mapToObj(i -> new Memory("memory " + i, AT)).toList();
        RuleState full = new RuleState(Persona.NEUTRAL, Map.of(), memories, List.of());
        RuleState after =
                after(
                        full,
                        "{'intents': [{'type': 'memory_proposal', 'confidence': 1, 'text': 'new'}]}",
                        AT);

        assertEquals(500, after.memories().size());
        assertEquals("memory 1", after.memories().get(0).text());
        assertEquals("new", after.memories().get(499).text());
    }

    @Test
    void usersNearestToNeutralAreForgottenFirst() {
        Map<String, Trust> trust = new TreeMap<>();
        for (int i = 0; i < Limits.MAX_TRUSTED_USERS; i++) {
            trust.put("user" + i, new Trust(i == 7 ? 0.51 : 0.9, List.of()));
        }
        RuleState full = new RuleState(Persona.NEUTRAL, trust, List.of(), List.of());
        RuleState after =
                after(
                        full,
                        "{'intents': [{'type': 'trust_signal', 'user': 'ann', 'delta': 0.1}]}",
                        AT);

        assertEquals(Limits.MAX_TRUSTED_USERS, after.trust().size());
        assertTrue(after.trust().containsKey("ann"));
        assertTrue(!after.trust().containsKey("user7"));
    }

    @Test
    void theFirstDeltasOfAMinuteKeepTheirSumAndNoMoreAreApplied() {
        RuleState state = RuleState.neutral();
        for (int i = 0; i < 500; i++) {
            String delta = i % 2 == 0 ? "0.001" : "-0.0005";
            state =
                    after(
                            state,
                            "{'intents': [{'type': 'trust_signal', 'user': 'ann', 'delta': "
                                    + delta
                                    + "}]}",
                            AT.plusMillis(i));
        }
        Instant end = AT.plusMillis(500);

        assertEquals(Limits.MAX_DELTAS, state.trust().get("ann").deltas().size());
        assertEquals(0.05, minute(state, end).sum().doubleValue());
        assertEquals(0.55, state.trust().get("ann").score());
        assertEquals(state, RuleState.fromJson(state.toJson()));
    }

    private static TrustMinute minute(RuleState state, Instant at) {
        return TrustMinute.of(state.trust().get("ann").lastMinute(at), at);
    }

    private static RuleState after(RuleState before, String output, Instant at) {
        JsonNode node = json(output);
        return before.after(node, RuleSet.shipped().judge(node, before, at), at);
    }
}
