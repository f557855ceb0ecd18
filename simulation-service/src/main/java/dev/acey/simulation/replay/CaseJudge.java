package dev.acey.simulation.replay;

import dev.acey.kit.entry.AutoRules;
import dev.acey.kit.entry.LogEntry;
import dev.acey.rules.RuleSet;
import dev.acey.rules.RuleState;
import dev.acey.rules.RuleStateException;
import dev.acey.simulation.output.AceyOutput;
import dev.acey.simulation.rules.RuleSets;
import java.time.Instant;
import java.util.Optional;

/**
 * Judges the outputs of a case with the state and at the instant that held live, so that the
 * outputs are all that differs. A function: the same case, the same result.
 */
public final class CaseJudge {

    private final RuleSets sets;
    private final RuleSet chosen;
    private final RuleSet fallback;
    private final boolean judging;

    /**
     * @param chosen the set that judges; null for the set that judged the entry live, where it is
     *     known here, else the fallback
     * @param fallback judges entries without a verdict of ours
     * @param judging false to judge nothing and compare texts and intents only
     */
    public CaseJudge(RuleSets sets, RuleSet chosen, RuleSet fallback, boolean judging) {
        this.sets = sets;
        this.chosen = chosen;
        this.fallback = fallback;
        this.judging = judging;
    }

    public CaseResult judge(Case one) {
        Optional<AceyOutput> baseline = one.baseline();
        Optional<AceyOutput> candidate = one.candidate();
        Likeness likeness =
                baseline.isPresent() && candidate.isPresent()
                        ? Likeness.of(baseline.get(), candidate.get())
                        : null;
        boolean nothing = baseline.isEmpty() && candidate.isEmpty();
        if (!judging) {
            return new CaseResult(
                    Consistency.NOT_CHECKABLE, null, null, null, null, likeness, nothing);
        }
        Setting setting = settingOf(one.entry());
        Judgement before = baseline.map(setting::judge).orElse(null);
        Judgement after = candidate.map(setting::judge).orElse(null);
        if (!isCheckable(one.entry(), baseline)) {
            return new CaseResult(
                    Consistency.NOT_CHECKABLE, null, null, before, after, likeness, nothing);
        }
        String recorded = one.entry().autoRules().verdictHash();
        String replayed = setting.replayedHash(one.entry(), sets, baseline.get());
        return new CaseResult(
                replayed.equals(recorded) ? Consistency.AGREE : Consistency.MISMATCH,
                recorded,
                replayed,
                before,
                after,
                likeness,
                nothing);
    }

    private boolean isCheckable(LogEntry entry, Optional<AceyOutput> baseline) {
        AutoRules live = entry.autoRules();
        return live != null
                && live.replayable()
                && baseline.isPresent()
                && sets.find(live.ruleSet()).isPresent();
    }

    private Setting settingOf(LogEntry entry) {
        AutoRules live = entry.autoRules();
        if (live == null) {
            Instant at = entry.timestamp() == null ? RuleSets.SOME_INSTANT : entry.timestamp();
            return new Setting(chosen == null ? fallback : chosen, RuleState.neutral(), at);
        }
        RuleSet rules = chosen == null ? sets.find(live.ruleSet()).orElse(fallback) : chosen;
        return new Setting(rules, Setting.stateOf(live), live.at());
    }

    /** What an entry's outputs are judged under. */
    private record Setting(RuleSet rules, RuleState state, Instant at) {

        Judgement judge(AceyOutput output) {
            return Judgement.of(rules.judge(output.json(), state, at));
        }

        String replayedHash(LogEntry entry, RuleSets sets, AceyOutput output) {
            RuleSet own = sets.find(entry.autoRules().ruleSet()).orElseThrow();
            return own.judge(output.json(), state, at).hash();
        }

        /** A state that is none was no state the rules can have read: the replay will differ. */
        private static RuleState stateOf(AutoRules live) {
            try {
                return RuleState.fromJson(live.state());
            } catch (RuleStateException e) {
                return RuleState.neutral();
            }
        }
    }
}
