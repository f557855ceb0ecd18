package dev.acey.rollout.guard;

import dev.acey.rollout.guard.count.TickCounts;
import dev.acey.rollout.guard.evalue.SampleRatio;
import java.time.Duration;
import java.util.Objects;

/**
 * Decides about a rollout from counts. A pure function: the same settings, history and ticks give
 * the same states and verdicts, bit for bit, on every JVM.
 *
 * <p>Use: {@link #start} with the first stage, then {@link #add} each tick in the order of time and
 * ask for the {@link #verdict} after each; {@link #enter} when a stage begins, {@link #resume} when
 * a person lets a paused rollout go on.
 */
public final class Guard {

    private final GuardSettings settings;
    private final History history;

    public Guard(GuardSettings settings, History history) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.history = Objects.requireNonNull(history, "history");
    }

    /** A rollout at the beginning of its first stage. */
    public GuardState start(GuardedStage first) {
        return new GuardState(
                StageCounts.of(first),
                Sides.NONE,
                OpenBlocks.NONE,
                Evidence.NONE,
                LimitsEvidence.NONE,
                SampleRatio.NONE);
    }

    /**
     * The rollout at the beginning of another stage. Evidence is kept; blocks that are not closed
     * are discarded.
     */
    public GuardState enter(GuardState state, GuardedStage stage) {
        return new GuardState(
                StageCounts.of(stage),
                state.total(),
                OpenBlocks.NONE,
                state.evidence(),
                state.limits().nextStage(),
                state.stage().live()
                        ? state.sampleRatio().nextStage(state.stage().share())
                        : state.sampleRatio());
    }

    /**
     * The rollout after a person has looked at why it paused and lets it go on: the split of keys
     * and the absolute limits are judged anew, by what comes from now on. Evidence of harm stays.
     */
    public GuardState resume(GuardState state) {
        return new GuardState(
                state.stage(),
                state.total(),
                state.open(),
                state.evidence(),
                LimitsEvidence.NONE,
                SampleRatio.NONE);
    }

    /**
     * The rollout after one more tick. At 100 % there is no baseline: only the absolute limits go
     * on. What a shadow stage shows counts against the candidate and never for it.
     *
     * @throws IllegalArgumentException where the tick is of another stage
     */
    public GuardState add(GuardState state, TickCounts tick) {
        StageCounts stage = state.stage().plus(tick);
        Sides total = state.total().plus(tick);
        LimitsEvidence limits = state.limits().plus(tick.candidate(), settings.limits());
        if (stage.takesAll()) {
            return new GuardState(
                    stage, total, state.open(), state.evidence(), limits, state.sampleRatio());
        }
        OpenBlocks open = state.open().plus(tick);
        Evidence evidence = state.evidence();
        Tolerances tolerances = settings.tolerances();
        if (open.closes(Metric.ERROR)) {
            evidence = evidence.withCalls(open.sides(), history, tolerances, stage.live());
            open = open.withoutCalls();
        }
        if (open.closes(Metric.INACCURACY)) {
            evidence = evidence.withFeedback(open.sides(), history, tolerances, stage.live());
            open = open.withoutFeedback();
        }
        if (open.closes(Metric.CONFIDENCE)) {
            evidence = evidence.withConfidences(open, tolerances, stage.live());
            open = open.withoutConfidences();
        }
        SampleRatio sampleRatio = state.sampleRatio();
        if (stage.live()) {
            sampleRatio = sampleRatio.plus(tick.baseline().newKeys(), tick.candidate().newKeys());
        }
        return new GuardState(stage, total, open, evidence, limits, sampleRatio);
    }

    /**
     * What to do now.
     *
     * @param stage the state's current stage
     * @param elapsed how long the rollout has been running in it
     */
    public GuardVerdict verdict(GuardState state, GuardedStage stage, Duration elapsed) {
        return new Decision(settings, history, state, stage, elapsed).verdict();
    }
}
