package dev.acey.log.collect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.entry.AutoRules;
import dev.acey.kit.entry.LogEntry;
import dev.acey.rules.RuleSet;
import dev.acey.rules.RuleState;
import dev.acey.rules.TracedVerdict;
import dev.acey.rules.Verdict;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Instant;

/** Judges entries of clients on arrival, under the rules shipped and without any history. */
@Startup
@Singleton
class Judge {

    private final RuleSet rules = RuleSet.shipped();

    /** The verdict on what the model gave; null for a call that failed or gave nothing. */
    AutoRules judge(LogEntry entry, Instant at) {
        if (entry.failed() || entry.aceyOutput() == null) {
            return null;
        }
        TracedVerdict traced = rules.judgeTraced(entry.aceyOutput(), RuleState.neutral(), at);
        Verdict verdict = traced.verdict();
        return new AutoRules(
                verdict.ruleSet(),
                verdict.decision().json(),
                verdict.action().json(),
                verdict.toJson().get("findings"),
                traced.read().toJson(),
                at,
                delivered(verdict, entry.aceyOutput()),
                verdict.hash(),
                true);
    }

    /** What was delivered, where it is neither nothing nor what the model gave. */
    private static JsonNode delivered(Verdict verdict, JsonNode given) {
        return verdict.output().isNull() || verdict.output().equals(given)
                ? null
                : verdict.output();
    }
}
