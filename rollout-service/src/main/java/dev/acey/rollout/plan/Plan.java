package dev.acey.rollout.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.acey.kit.task.Risk;
import dev.acey.rollout.guard.GuardedStage;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;

/**
 * The stages in their order: at most one shadow stage, which is the first, and at least one live
 * one; the share of the keys grows from each live stage to the next, and is not all in the first.
 */
@RegisterForReflection
public record Plan(@JsonValue List<Stage> stages) {

    /** More would be a curve, not stages. */
    public static final int MOST_STAGES = 20;

    /** A tenth of the requests: enough samples soon, without paying for every answer twice. */
    private static final int SHADOW_SHARE = 1_000;

    private static final int HALF = 5_000;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Plan {
        stages = List.copyOf(stages);
        firstFault(stages)
                .ifPresent(
                        fault -> {
                            throw new IllegalArgumentException(
                                    "stage " + fault.index() + " " + fault.rule());
                        });
    }

    /**
     * A stage that does not fit those before it.
     *
     * @param index counted from 0
     */
    record Fault(int index, String field, String rule) {}

    /** What a task of this risk goes through unless asked otherwise. */
    public static Plan of(Risk risk) {
        return switch (risk) {
            case LOW ->
                    new Plan(
                            List.of(
                                    Stage.shadow(SHADOW_SHARE),
                                    Stage.live(1_000),
                                    Stage.live(HALF),
                                    Stage.live(10_000)));
            case MEDIUM ->
                    new Plan(
                            List.of(
                                    Stage.shadow(SHADOW_SHARE),
                                    Stage.live(500).approved(),
                                    Stage.live(2_500),
                                    Stage.live(HALF),
                                    Stage.live(10_000)));
            case HIGH ->
                    new Plan(
                            List.of(
                                    Stage.shadow(SHADOW_SHARE),
                                    Stage.live(100).approved(),
                                    Stage.live(500),
                                    Stage.live(2_500),
                                    Stage.live(HALF).approved(),
                                    Stage.live(10_000)));
        };
    }

    /** The same with another least time, in seconds, for each stage. */
    public Plan lasting(int minSeconds) {
        return new Plan(stages.stream().map(stage -> stage.lasting(minSeconds)).toList());
    }

    static Optional<Fault> firstFault(List<Stage> stages) {
        if (stages.isEmpty() || stages.size() > MOST_STAGES) {
            return Optional.of(new Fault(0, "", "must be one of 1 to " + MOST_STAGES));
        }
        int weight = 0;
        for (int i = 0; i < stages.size(); i++) {
            Stage stage = stages.get(i);
            if (!stage.isLive() && i > 0) {
                return Optional.of(new Fault(i, "kind", "must be live: only the first is shadow"));
            }
            if (stage.isLive() && stage.weight() <= weight) {
                return Optional.of(
                        new Fault(i, "weight", "must be more than that of the live stage before"));
            }
            weight = stage.isLive() ? stage.weight() : weight;
        }
        return weight == 0
                ? Optional.of(new Fault(0, "kind", "must be followed by a live stage"))
                : firstWhole(stages);
    }

    private static Optional<Fault> firstWhole(List<Stage> stages) {
        int first = stages.get(0).isLive() ? 0 : 1;
        return stages.get(first).isWhole()
                ? Optional.of(
                        new Fault(
                                first,
                                "weight",
                                "must be less than 10000 in the first live stage: with every key"
                                        + " there is no baseline to compare with"))
                : Optional.empty();
    }

    public Stage at(int index) {
        return stages.get(index);
    }

    public boolean isLast(int index) {
        return index == stages.size() - 1;
    }

    /**
     * Whether what follows this stage gives the candidate every key: the stage with all of them, or
     * promotion.
     */
    public boolean leadsToAll(int index) {
        return isLast(index) || at(index + 1).isWhole();
    }

    /** A stage as the guard sees it. */
    public GuardedStage guarded(int index) {
        Stage stage = at(index);
        return new GuardedStage(
                index,
                stage.kind(),
                stage.weight(),
                stage.minSamples(),
                stage.minSeconds(),
                stage.maxSeconds(),
                leadsToAll(index));
    }
}
