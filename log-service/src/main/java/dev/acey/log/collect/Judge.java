package dev.acey.log.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.acey.kit.entry.AutoRules;
import dev.acey.kit.entry.LogEntry;
import dev.acey.kit.rules.FollowedRules;
import dev.acey.kit.rules.RuleSource;
import dev.acey.rules.RuleSet;
import dev.acey.rules.RuleState;
import dev.acey.rules.TracedVerdict;
import dev.acey.rules.Verdict;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;

/** Judges entries of clients on arrival, under the active rules and without any history. */
@Singleton
class Judge {

    private final FollowedRules<RuleSet> rules;

    Judge(RuleSource source) {
        this.rules = source.follow(RuleSet.shipped(), RuleSet::parse, RuleSet::hash);
    }

    void start(@Observes StartupEvent start) {
        rules.start();
    }

    void stop(@Observes ShutdownEvent stop) {
        rules.stop();
    }

    /**
     * The verdict on what the model gave, of the one set that is active now; null for a call that
     * failed or gave nothing.
     */
    AutoRules judge(LogEntry entry, Instant at) {
        if (entry.failed() || entry.aceyOutput() == null) {
            return null;
        }
        return judge(rules.active(), entry.aceyOutput(), RuleState.neutral(), at);
    }

    /** The verdict of this set, as it is kept with the entry. */
    static AutoRules judge(RuleSet rules, JsonNode aceyOutput, RuleState state, Instant at) {
        TracedVerdict traced = rules.judgeTraced(aceyOutput, state, at);
        Verdict verdict = traced.verdict();
        return new AutoRules(
                verdict.ruleSet(),
                verdict.decision().json(),
                verdict.action().json(),
                findings(verdict),
                traced.read().toJson(),
                at,
                delivered(verdict, aceyOutput),
                verdict.hash(),
                true);
    }

    private static ArrayNode findings(Verdict verdict) {
        ArrayNode findings = JsonNodeFactory.instance.arrayNode(verdict.findings().size());
        verdict.findings().forEach(finding -> findings.add(finding.toJson()));
        return findings;
    }

    /** What was delivered, where it is neither nothing nor what the model gave. */
    private static JsonNode delivered(Verdict verdict, JsonNode given) {
        return verdict.output().isNull() || verdict.output().equals(given)
                ? null
                : verdict.output();
    }
}
