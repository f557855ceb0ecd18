package dev.acey.simulation.replay;

import dev.acey.kit.entry.AutoRules;
import dev.acey.kit.entry.LogEntry;
import dev.acey.rules.RuleSet;
import dev.acey.rules.RuleState;
import dev.acey.rules.RuleStateException;
import dev.acey.simulation.output.AceyOutput;
import dev.acey.simulation.rules.RuleSets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judges the outputs of a case with the state and at the instant that held live, so that the
 * outputs are all that differs. A function: the same case, the same result.
 */
public final class CaseJudge {

    private final RuleSet chosen;
    private final RuleSet fallback;
    private final boolean judging;

    /**
     * @param chosen the set that judges; null for the set that judged the entry live, where it is
     *     known, else the fallback
     * @param fallback judges entries without a verdict of ours
     * @param judging false to judge nothing and compare texts and intents only
     */
    public CaseJudge(RuleSet chosen, RuleSet fallback, boolean judging) {
        this.chosen = chosen;
        this.fallback = fallback;
        this.judging = judging;
    }

    /** The names of the sets that judged these cases live, as far as they matter. */
    public Set<String> needed(List<Case> batch) {
        return judging
                ? batch.stream()
                        .map(one -> one.entry().autoRules())
                        .filter(live -> live != null && live.ruleSet() != null)
                        .map(AutoRules::ruleSet)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    /**
     * @param known those of the {@link #needed} sets that there are, by their name
     */
    public CaseResult judge(Case one, Map<String, RuleSet> known) {
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
        RuleSet own = ownOf(one.entry(), known);
        Setting setting = settingOf(one.entry(), own);
        Judgement before = baseline.map(setting::judge).orElse(null);
        Judgement after = candidate.map(setting::judge).orElse(null);
        if (own == null || !one.entry().autoRules().replayable() || baseline.isEmpty()) {
            return new CaseResult(
                    Consistency.NOT_CHECKABLE, null, null, before, after, likeness, nothing);
        }
        String recorded = one.entry().autoRules().verdictHash();
        String replayed = setting.with(own).judge(baseline.get()).verdictHash();
        return new CaseResult(
                replayed.equals(recorded) ? Consistency.AGREE : Consistency.MISMATCH,
                recorded,
                replayed,
                before,
                after,
                likeness,
                nothing);
    }

    /** The set that judged the entry live; null where none did, or it is not known. */
    private static RuleSet ownOf(LogEntry entry, Map<String, RuleSet> known) {
        return entry.autoRules() == null ? null : known.get(entry.autoRules().ruleSet());
    }

    private Setting settingOf(LogEntry entry, RuleSet own) {
        AutoRules live = entry.autoRules();
        if (live == null) {
            Instant at = entry.timestamp() == null ? RuleSets.SOME_INSTANT : entry.timestamp();
            return new Setting(chosen == null ? fallback : chosen, RuleState.neutral(), at);
        }
        RuleSet usual = own == null ? fallback : own;
        RuleSet rules = chosen == null ? usual : chosen;
        return new Setting(rules, Setting.stateOf(live), live.at());
    }

    /** What an entry's outputs are judged under. */
    private record Setting(RuleSet rules, RuleState state, Instant at) {

        Judgement judge(AceyOutput output) {
            return Judgement.of(rules.judge(output.json(), state, at));
        }

        Setting with(RuleSet others) {
            return new Setting(others, state, at);
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
