package dev.acey.simulation.verdict;

import dev.acey.simulation.criteria.TaskCriteria;
import dev.acey.simulation.drift.Drift;
import dev.acey.simulation.statistics.Interval;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Locale;

/**
 * What a task's {@link TaskCriteria} say. Besides them: every verdict recorded live that can be
 * replayed must be reached again, and the voice must not have drifted ({@link Drift#ALPHA}, {@link
 * Drift#SCORE_THAT_MATTERS}, {@link Drift#SHIFT_THAT_MATTERS}), with at least {@link Drift#ENOUGH}
 * prompts to tell. Each task is tested for drift by itself; where none drifted and all together
 * did, all are open. Without a candidate, consistency and the rules for outputs alone count, and
 * consistency is open where nothing can be checked. Where a task has pinned a reference, it is open
 * where the voice is not that of the reference.
 *
 * @param reasons each criterion that is broken, then each that is open, with its numbers; empty
 *     when it passes
 * @param criteria the version of the criteria; 0 for the defaults
 */
@RegisterForReflection
public record TaskVerdict(Outcome verdict, List<String> reasons, int criteria) {

    /**
     * @param own drift of this task alone
     * @param overall drift over all tasks
     * @param fromPinned drift of this task from its pinned reference; null where it has none
     */
    static TaskVerdict of(
            Tally task,
            Setup setup,
            TaskCriteria criteria,
            Drift own,
            Drift overall,
            Drift fromPinned) {
        Reasons reasons = new Reasons();
        if (task.mismatched > 0) {
            reasons.broken(
                    "%d of %d verdicts recorded live are not reached again",
                    task.mismatched, task.checked());
        }
        AnswerReasons.add(reasons, task, setup, criteria);
        if (task.candidates == 0 && setup.candidateModel() == null) {
            if (task.checked() == 0) {
                reasons.open(
                        "nothing was tested: no candidate outputs, and no verdict recorded live"
                                + " that can be replayed");
            }
        } else if (task.answeredByBoth() == 0) {
            reasons.open("no prompt was answered by both models");
        } else {
            if (task.answeredByBoth() < criteria.leastPrompts()) {
                reasons.open(
                        "%d prompts were answered by both models, fewer than %d",
                        task.answeredByBoth(), criteria.leastPrompts());
            }
            if (setup.judged()) {
                rejections(task, criteria.rejectionTolerance(), reasons);
                flips(task, criteria.flipTolerance(), reasons);
            } else {
                reasons.open("outputs were not judged, because autoRules is false");
            }
            drift(own, overall, reasons);
            reference(fromPinned, reasons);
            confidence(task, criteria.confidenceTolerance(), reasons);
        }
        return reasons.verdict(criteria.version());
    }

    private static void rejections(Tally task, double tolerance, Reasons reasons) {
        Interval interval = task.rejections.interval();
        String numbers =
                format(
                        "%.1f %% of the baseline's outputs, %.1f %% of the candidate's over %d"
                                + " prompts, a difference of %+.1f points (95 %% interval %+.1f to"
                                + " %+.1f; tolerated +%.1f)",
                        100 * task.rejections.baseline(),
                        100 * task.rejections.candidate(),
                        task.pairs(),
                        100 * task.rejections.difference(),
                        100 * interval.low(),
                        100 * interval.high(),
                        100 * tolerance);
        if (interval.low() > tolerance) {
            reasons.broken("more outputs are rejected: %s", numbers);
        } else if (interval.high() > tolerance) {
            reasons.open("more outputs may be rejected than tolerated: %s", numbers);
        }
    }

    private static void flips(Tally task, double tolerance, Reasons reasons) {
        Interval interval = Interval.ofRate(task.flipped, task.pairs());
        String numbers =
                format(
                        "%d of %d (95 %% interval %.1f to %.1f %%; tolerated %.1f %%)",
                        task.flipped,
                        task.pairs(),
                        100 * interval.low(),
                        100 * interval.high(),
                        100 * tolerance);
        if (interval.low() > tolerance) {
            reasons.broken("too many decisions change: %s", numbers);
        } else if (interval.high() > tolerance) {
            reasons.open("more decisions may change than tolerated: %s", numbers);
        }
    }

    private static void drift(Drift own, Drift overall, Reasons reasons) {
        if (own.pValue() == null) {
            reasons.open("drift was %s", own.method());
        } else if (Boolean.TRUE.equals(own.drifted())) {
            reasons.broken("the voice drifted: %s", numbers(own));
        } else if (own.drifted() == null) {
            reasons.open("too few prompts to rule drift out: %s", numbers(own));
        } else if (Boolean.TRUE.equals(overall.drifted())) {
            reasons.open(
                    "over all tasks together the voice drifted (%s), though not in this one (%s)",
                    numbers(overall), numbers(own));
        }
    }

    /** Other prompts may explain it, so it is for a person to say. */
    private static void reference(Drift fromPinned, Reasons reasons) {
        if (fromPinned == null) {
            return;
        }
        if (fromPinned.pValue() == null) {
            reasons.open("drift from the pinned reference was %s", fromPinned.method());
        } else if (Boolean.TRUE.equals(fromPinned.drifted())) {
            reasons.open("the voice is not that of the pinned reference: %s", numbers(fromPinned));
        } else if (fromPinned.drifted() == null) {
            reasons.open(
                    "too few outputs to rule drift from the pinned reference out: %s",
                    numbers(fromPinned));
        }
    }

    private static void confidence(Tally task, double tolerance, Reasons reasons) {
        task.confidence
                .test()
                .filter(test -> test.interval().high() < -tolerance)
                .ifPresent(
                        test ->
                                reasons.broken(
                                        "confidence dropped by %.2f (95 %% interval %.2f to %.2f;"
                                                + " tolerated %.2f)",
                                        -test.difference(),
                                        -test.interval().high(),
                                        -test.interval().low(),
                                        tolerance));
    }

    private static String numbers(Drift drift) {
        Drift.DriftFeature top = drift.features().get(0);
        return format(
                "p %.3f, effect size %.4f, largest shift %.2f SD, in %s",
                drift.pValue(), drift.score(), drift.largestShift(), top.name());
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
