package dev.acey.simulation.verdict;

import dev.acey.simulation.drift.Drift;
import dev.acey.simulation.statistics.Interval;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What {@link Criteria} say of one task.
 *
 * @param reasons each criterion that is broken, then each that is open, with its numbers; empty
 *     when it passes
 */
@RegisterForReflection
public record TaskVerdict(Outcome verdict, List<String> reasons) {

    /**
     * @param judged whether outputs were judged at all
     * @param own drift of this task alone
     * @param overall drift over all tasks
     * @param fromPinned drift of this task from its pinned reference; null where it has none
     */
    static TaskVerdict of(Tally task, boolean judged, Drift own, Drift overall, Drift fromPinned) {
        Reasons reasons = new Reasons();
        if (task.mismatched > 0) {
            reasons.broken(
                    "%d of %d verdicts recorded live are not reached again",
                    task.mismatched, task.checked());
        }
        if (task.candidates == 0) {
            if (task.checked() == 0) {
                reasons.open(
                        "nothing was tested: no candidate outputs, and no verdict recorded live"
                                + " that can be replayed");
            }
        } else if (task.answeredByBoth() == 0) {
            reasons.open("no prompt was answered by both models");
        } else {
            if (judged) {
                rejections(task, reasons);
                flips(task, reasons);
            } else {
                reasons.open("outputs were not judged, because autoRules is false");
            }
            drift(own, overall, reasons);
            reference(fromPinned, reasons);
            confidence(task, reasons);
        }
        return reasons.verdict();
    }

    private static void rejections(Tally task, Reasons reasons) {
        Interval interval = task.rejections.interval();
        String numbers =
                format(
                        "%.1f %% of the baseline's outputs, %.1f %% of the candidate's over %d"
                                + " prompts, a difference of %+.1f points (95 %% interval %+.1f to"
                                + " %+.1f; tolerated +%.0f)",
                        100 * task.rejections.baseline(),
                        100 * task.rejections.candidate(),
                        task.pairs(),
                        100 * task.rejections.difference(),
                        100 * interval.low(),
                        100 * interval.high(),
                        100 * Criteria.REJECTION_TOLERANCE);
        if (interval.low() > Criteria.REJECTION_TOLERANCE) {
            reasons.broken("more outputs are rejected: %s", numbers);
        } else if (interval.high() > Criteria.REJECTION_TOLERANCE) {
            reasons.open("more outputs may be rejected than tolerated: %s", numbers);
        }
    }

    private static void flips(Tally task, Reasons reasons) {
        Interval interval = Interval.ofRate(task.flipped, task.pairs());
        String numbers =
                format(
                        "%d of %d (95 %% interval %.1f to %.1f %%; tolerated %.0f %%)",
                        task.flipped,
                        task.pairs(),
                        100 * interval.low(),
                        100 * interval.high(),
                        100 * Criteria.FLIP_TOLERANCE);
        if (interval.low() > Criteria.FLIP_TOLERANCE) {
            reasons.broken("too many decisions change: %s", numbers);
        } else if (interval.high() > Criteria.FLIP_TOLERANCE) {
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

    private static void confidence(Tally task, Reasons reasons) {
        task.confidence
                .test()
                .filter(test -> test.interval().high() < -Criteria.CONFIDENCE_TOLERANCE)
                .ifPresent(
                        test ->
                                reasons.broken(
                                        "confidence dropped by %.2f (95 %% interval %.2f to %.2f;"
                                                + " tolerated %.2f)",
                                        -test.difference(),
                                        -test.interval().high(),
                                        -test.interval().low(),
                                        Criteria.CONFIDENCE_TOLERANCE));
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

    private static final class Reasons {

        private final List<String> broken = new ArrayList<>();
        private final List<String> open = new ArrayList<>();

        void broken(String text, Object... values) {
            broken.add(format(text, values));
        }

        void open(String text, Object... values) {
            open.add(format(text, values));
        }

        TaskVerdict verdict() {
            Outcome outcome =
                    !broken.isEmpty()
                            ? Outcome.FAIL
                            : open.isEmpty() ? Outcome.PASS : Outcome.INCONCLUSIVE;
            List<String> all = new ArrayList<>(broken);
            all.addAll(open);
            return new TaskVerdict(outcome, List.copyOf(all));
        }
    }
}
