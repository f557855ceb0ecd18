package dev.acey.rollout.guard;

import static dev.acey.rollout.guard.Wording.evidence;
import static dev.acey.rollout.guard.Wording.number;
import static dev.acey.rollout.guard.Wording.percent;

import dev.acey.rollout.guard.evalue.LimitEvidence;
import dev.acey.rollout.guard.evalue.LogMath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One look at a rollout: the decision table, in the order in which its rows count. */
final class Decision {

    /** A baseline that gives confidences gives them with at least this share of its calls. */
    private static final double CONFIDENT = 0.05;

    /** Of fewer calls, one or two bad ones would make a baseline's rate look high. */
    private static final int ENOUGH = 100;

    private final GuardSettings settings;
    private final History history;
    private final GuardState state;
    private final GuardedStage stage;
    private final Duration elapsed;
    private final List<MetricFigures> metrics;
    private final double lnHarm;
    private final double lnLimits;
    private final double lnSampleRatio;

    Decision(
            GuardSettings settings,
            History history,
            GuardState state,
            GuardedStage stage,
            Duration elapsed) {
        if (stage.number() != state.stage().number()) {
            throw new IllegalArgumentException(
                    "stage %d is not the current one, %d"
                            .formatted(stage.number(), state.stage().number()));
        }
        this.settings = settings;
        this.history = history;
        this.state = state;
        this.stage = stage;
        this.elapsed = elapsed;
        metrics = Arrays.stream(Metric.values()).map(this::figures).toList();
        lnHarm = LogMath.lnMean(metrics.stream().map(MetricFigures::lnHarm).toList());
        lnLimits = state.limits().lnMean();
        lnSampleRatio = state.sampleRatio().ln(state.stage().live() ? state.stage().share() : 1);
    }

    GuardVerdict verdict() {
        if (reaches(lnHarm, settings.rollBackEvidence())) {
            return answer(Action.ROLL_BACK, harms());
        }
        if (reaches(lnLimits, settings.limitEvidence())) {
            return overLimit();
        }
        if (reaches(lnSampleRatio, settings.sampleRatioEvidence())) {
            return answer(Action.PAUSE, List.of(unevenSplit()));
        }
        List<String> missing = missing();
        if (missing.isEmpty()) {
            return answer(Action.ADVANCE, List.of(calm()));
        }
        if (elapsed.getSeconds() >= stage.maxSeconds()) {
            missing.add(
                    0,
                    "the stage has lasted %d s, at most %d are planned"
                            .formatted(elapsed.getSeconds(), stage.maxSeconds()));
            return answer(Action.PAUSE, missing);
        }
        return answer(Action.HOLD, missing);
    }

    /** What there still is to wait for before the stage can be left. */
    private List<String> missing() {
        List<String> missing = new ArrayList<>();
        StageCounts counts = state.stage();
        if (counts.samples() < stage.minSamples()) {
            missing.add(
                    "%d of at least %d calls of the candidate have come in this stage"
                            .formatted(counts.samples(), stage.minSamples()));
        }
        if (counts.keys() < settings.minKeys()) {
            missing.add(
                    "they are of %d of at least %d distinct keys"
                            .formatted(counts.keys(), settings.minKeys()));
        }
        if (elapsed.getSeconds() < stage.minSeconds()) {
            missing.add(
                    "the stage has lasted %d of at least %d s"
                            .formatted(elapsed.getSeconds(), stage.minSeconds()));
        }
        if (reaches(lnHarm, settings.calmEvidence())) {
            missing.add(
                    "there is some evidence of harm: %s, and a stage is left below %s"
                            .formatted(evidence(lnHarm), number(settings.calmEvidence())));
        }
        if (stage.needsCertainty()) {
            for (MetricFigures figures : metrics) {
                if (figures.assurance() == Assurance.OPEN) {
                    missing.add(uncertain(figures));
                }
            }
        }
        return missing;
    }

    private MetricFigures figures(Metric metric) {
        double lnNoHarm = state.evidence().lnNoHarm(metric);
        Totals baseline = state.total().baseline();
        Totals candidate = state.total().candidate();
        return new MetricFigures(
                metric,
                assurance(metric, lnNoHarm),
                baseline.samples(metric),
                baseline.figure(metric),
                candidate.samples(metric),
                candidate.figure(metric),
                settings.tolerances().of(metric),
                state.evidence().lnHarm(metric),
                lnNoHarm,
                state.limits().ln(metric));
    }

    private Assurance assurance(Metric metric, double lnNoHarm) {
        boolean gated =
                switch (metric) {
                    case ERROR, REJECTION, SLOW -> true;
                    case INACCURACY -> settings.accuracyGated();
                    case CONFIDENCE -> givesConfidences();
                };
        if (!gated) {
            return Assurance.NOT_CHECKED;
        }
        return reaches(lnNoHarm, settings.promotionEvidence()) ? Assurance.CERTAIN : Assurance.OPEN;
    }

    private boolean givesConfidences() {
        Totals baseline = state.total().baseline();
        long calls = history.requests() + baseline.requests();
        long confidences = history.confidences() + baseline.confidences();
        return confidences > 0 && confidences >= CONFIDENT * calls;
    }

    /** A limit the baseline keeps and the candidate passes is the candidate's doing. */
    private GuardVerdict overLimit() {
        List<String> reasons = new ArrayList<>();
        boolean candidates = false;
        for (Metric metric : LimitsEvidence.METRICS) {
            if (!reaches(state.limits().ln(metric), settings.limitEvidence())) {
                continue;
            }
            Totals baseline = baselineNow();
            boolean shared = isOver(baseline, metric);
            candidates |= !shared;
            reasons.add(
                    "the candidate's %s is over the limit of %s (%s in this stage, %s in the"
                                    .formatted(
                                            metric.words(),
                                            percent(settings.limits().of(metric)),
                                            percent(
                                                    state.stage()
                                                            .counts()
                                                            .candidate()
                                                            .figure(metric)),
                                            percent(state.total().candidate().figure(metric)))
                            + " rollout): evidence %s%s"
                                    .formatted(
                                            evidence(state.limits().ln(metric)),
                                            shared
                                                    ? "; the baseline's is too, "
                                                            + percent(baseline.figure(metric))
                                                    : ""));
        }
        return answer(candidates ? Action.ROLL_BACK : Action.PAUSE, reasons);
    }

    /** The baseline of this stage; where it has too few calls, as at 100 %, of the rollout. */
    private Totals baselineNow() {
        Totals inStage = state.stage().counts().baseline();
        return inStage.requests() >= ENOUGH ? inStage : state.total().baseline();
    }

    /**
     * Whether a baseline passes a limit as well. Its share says so where it has calls enough; where
     * it has few, it takes the evidence that promotion would, or a bad call or two of it would keep
     * a harmful candidate in.
     */
    private boolean isOver(Totals baseline, Metric metric) {
        double limit = settings.limits().of(metric);
        long calls = baseline.requests();
        if (calls >= ENOUGH) {
            return baseline.figure(metric) > limit;
        }
        LimitEvidence own = LimitEvidence.NONE.plus(calls, baseline.events(metric), limit);
        return reaches(own.lnEvidence(), settings.promotionEvidence());
    }

    private List<String> harms() {
        double most = metrics.stream().mapToDouble(MetricFigures::lnHarm).max().orElseThrow();
        List<String> reasons = new ArrayList<>();
        for (MetricFigures figures : metrics) {
            if (figures.lnHarm() == most
                    || reaches(figures.lnHarm(), settings.rollBackEvidence())) {
                reasons.add(
                        "over the rollout the candidate's %s is %s, the baseline's %s: evidence of harm %s"
                                .formatted(
                                        figures.metric().words(),
                                        percent(figures.candidate()),
                                        percent(figures.baseline()),
                                        evidence(figures.lnHarm())));
            }
        }
        reasons.add(
                "the mean evidence of harm is %s, and %s rolls back"
                        .formatted(evidence(lnHarm), number(settings.rollBackEvidence())));
        return reasons;
    }

    private String unevenSplit() {
        return "keys do not split as configured, %s to the candidate: evidence %s, and %s pauses"
                .formatted(
                        percent(state.stage().share()),
                        evidence(lnSampleRatio),
                        number(settings.sampleRatioEvidence()));
    }

    private String uncertain(MetricFigures figures) {
        return "it is not certain that the %s is not over the baseline's by %s: evidence %s of %s"
                .formatted(
                        figures.metric().words(),
                        percent(figures.tolerance()),
                        evidence(figures.lnNoHarm()),
                        number(settings.promotionEvidence()));
    }

    private String calm() {
        return "%d calls of the candidate, of %d keys, in %d s; mean evidence of harm %s"
                .formatted(
                        state.stage().samples(),
                        state.stage().keys(),
                        elapsed.getSeconds(),
                        evidence(lnHarm));
    }

    private GuardVerdict answer(Action action, List<String> reasons) {
        return new GuardVerdict(
                action,
                reasons,
                metrics,
                lnHarm,
                lnLimits,
                lnSampleRatio,
                state.stage().samples(),
                state.stage().keys());
    }

    private static boolean reaches(double ln, double evidence) {
        return ln >= StrictMath.log(evidence);
    }
}
