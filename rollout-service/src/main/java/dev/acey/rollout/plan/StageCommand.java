package dev.acey.rollout.plan;

import dev.acey.kit.problem.FieldError;
import dev.acey.kit.problem.ProblemException;
import dev.acey.rollout.flag.FlagSettings;
import dev.acey.rollout.guard.count.StageKind;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.ArrayList;
import java.util.List;

/**
 * A stage as it is asked for; what is missing has the default.
 *
 * @param kind live when missing
 * @param weight in basis points
 * @param minSamples 50 when missing
 * @param minSeconds 600 when missing, or maxSeconds where that is less
 * @param maxSeconds 86,400 when missing, or minSeconds where that is more
 * @param approval false when missing
 */
@RegisterForReflection
public record StageCommand(
        StageKind kind,
        @NotNull(message = "is required: basis points")
                @Min(value = 1, message = WEIGHT)
                @Max(value = FlagSettings.WHOLE, message = WEIGHT)
                Integer weight,
        @Min(value = 1, message = SAMPLES) @Max(value = Stage.MOST_SAMPLES, message = SAMPLES)
                Integer minSamples,
        @Min(value = 0, message = SECONDS) @Max(value = Stage.LONGEST, message = SECONDS)
                Integer minSeconds,
        @Min(value = 1, message = "must be a whole number from 1 to 2592000")
                @Max(value = Stage.LONGEST, message = "must be a whole number from 1 to 2592000")
                Integer maxSeconds,
        Boolean approval) {

    private static final String WEIGHT = "must be a whole number of basis points, 1 to 10000";
    private static final String SAMPLES = "must be a whole number from 1 to 1000000";
    private static final String SECONDS = "must be a whole number from 0 to 2592000";

    public StageCommand {
        kind = kind == null ? StageKind.LIVE : kind;
        minSamples = minSamples == null ? Stage.MIN_SAMPLES : minSamples;
        if (minSeconds == null) {
            minSeconds =
                    maxSeconds == null
                            ? Stage.MIN_SECONDS
                            : Math.min(Stage.MIN_SECONDS, maxSeconds);
        }
        if (maxSeconds == null) {
            maxSeconds = Math.max(Stage.MAX_SECONDS, minSeconds);
        }
        approval = approval != null && approval;
    }

    /** The plan; 400 naming the stage that breaks a rule, below {@code /stages}. */
    public static Plan plan(List<StageCommand> commands) {
        List<Stage> stages = new ArrayList<>(commands.size());
        for (StageCommand command : commands) {
            if (command.maxSeconds < command.minSeconds) {
                throw invalid(stages.size(), "maxSeconds", "must not be less than minSeconds");
            }
            stages.add(
                    new Stage(
                            command.kind,
                            command.weight,
                            command.minSamples,
                            command.minSeconds,
                            command.maxSeconds,
                            command.approval));
        }
        Plan.firstFault(stages)
                .ifPresent(
                        fault -> {
                            throw invalid(fault.index(), fault.field(), fault.rule());
                        });
        return new Plan(stages);
    }

    private static ProblemException invalid(int stage, String field, String rule) {
        String pointer = "/stages/" + stage;
        return ProblemException.invalid(
                field.isEmpty() ? pointer : FieldError.child(pointer, field), rule);
    }
}
