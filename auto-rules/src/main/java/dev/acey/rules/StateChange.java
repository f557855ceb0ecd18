package dev.acey.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How an output changes the state: the fold behind {@link RuleState#after}. */
final class StateChange {
    /** The types of intents that the state knows of. */
    static final Set<String> TYPES =
            Set.of(
                    "memory_proposal",
                    "persona_mode_proposal",
                    "trust_signal",
                    "shadow_ban_suggestion");

    private static final double MODERATION_SECONDS = 300;

    private final Instant at;
    private Persona persona;
    private final Map<String, Trust> trust;
    private final List<Memory> memories;
    private final List<Moderation> moderation;

    private StateChange(RuleState before, Instant at) {
        this.at = Times.toMillis(at);
        this.persona = before.persona();
        this.trust = new TreeMap<>(before.trust());
        this.memories = new ArrayList<>(before.memories());
        this.moderation = new ArrayList<>(before.moderation());
    }

    static RuleState apply(RuleState before, JsonNode output, Verdict verdict, Instant at) {
        StateChange change = new StateChange(before, at);
        if (verdict.action() == Action.DELIVER || verdict.action() == Action.DELIVER_MODIFIED) {
            verdict.output().path("intents").forEach(change::deliver);
            for (Finding finding : verdict.findings()) {
                if (finding.effect() == Effect.REVIEW && finding.intentIndex() != null) {
                    change.suggest(output.path("intents").path(finding.intentIndex()));
                }
            }
        }
        change.forget();
        return new RuleState(change.persona, change.trust, change.memories, change.moderation);
    }

    private void deliver(JsonNode intent) {
        switch (IntentType.normalise(intent.path("type").asText())) {
            case "memory_proposal" -> {
                String text = RememberedText.of(intent);
                if (!text.isEmpty()) {
                    memories.add(new Memory(Text.first(text, Limits.MAX_STATE_TEXT), at));
                }
            }
            case "persona_mode_proposal" -> {
                if (intent.path("mode").isTextual()) {
                    String mode =
                            Text.first(intent.path("mode").textValue(), Limits.MAX_STATE_TEXT);
                    persona = new Persona(mode, persona.locked(), at);
                }
            }
            case "trust_signal" -> trust(intent);
            case "shadow_ban_suggestion" -> suggest(intent);
            default -> {
                // an intent the state knows nothing of
            }
        }
    }

    private void trust(JsonNode intent) {
        JsonNode delta = intent.path("delta");
        double change = delta.isNumber() ? CanonicalJson.asDouble(delta) : 0;
        if (change == 0) {
            return;
        }
        String user = Text.first(intent.path("user").asText(""), Limits.MAX_STATE_TEXT);
        Trust before = trust.getOrDefault(user, Trust.NEUTRAL);
        BigDecimal score = Decimals.of(before.score());
        double applied = Decimals.clampSum(change, score, 0, 1);
        List<Trust.Delta> deltas = new ArrayList<>(before.lastMinute(at));
        if (applied == 0 || deltas.size() >= Limits.MAX_DELTAS) {
            return;
        }
        deltas.add(new Trust.Delta(at, applied));
        trust.put(user, new Trust(score.add(Decimals.of(applied)).doubleValue(), deltas));
    }

    private void suggest(JsonNode intent) {
        if (IntentType.normalise(intent.path("type").asText()).equals("shadow_ban_suggestion")
                && intent.path("justification").isTextual()) {
            String justification = intent.path("justification").textValue();
            moderation.add(new Moderation(Text.first(justification, Limits.MAX_STATE_TEXT), at));
        }
    }

    private void forget() {
        moderation.removeIf(entry -> Times.secondsBetween(entry.at(), at) >= MODERATION_SECONDS);
        keepNewest(moderation, Limits.MAX_MODERATION);
        keepNewest(memories, Limits.MAX_MEMORIES);
        trust.replaceAll((user, value) -> new Trust(value.score(), value.lastMinute(at)));
        trust.values().removeIf(Trust.NEUTRAL::equals);
        if (trust.size() > Limits.MAX_TRUSTED_USERS) {
            forgetLeastTelling();
        }
    }

    /** Who is nearest to neutral goes first: forgetting them changes least. */
    private void forgetLeastTelling() {
        trust.entrySet().stream()
                .sorted(
                        Comparator.<Map.Entry<String, Trust>>comparingDouble(
                                        user ->
                                                Math.abs(
                                                        user.getValue().score()
                                                                - Trust.NEUTRAL.score()))
                                .thenComparing(Map.Entry::getKey))
                .limit(trust.size() - Limits.MAX_TRUSTED_USERS)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(trust::remove);
    }

    private static void keepNewest(List<?> list, int most) {
        if (list.size() > most) {
            list.subList(0, list.size() - most).clear();
        }
    }
}
