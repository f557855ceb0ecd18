package dev.acey.gateway.workflow;

import dev.acey.gateway.calls.Approval;
import dev.acey.gateway.steps.AlertThresholds;
import dev.acey.gateway.steps.WorkflowConfig;
import dev.acey.kit.problem.FieldError;
import dev.acey.kit.problem.ProblemException;
import dev.acey.kit.task.TaskCatalogue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.UniqueElements;

/** The settings as a client gives them: all optional. */
@RegisterForReflection
@Schema(name = "WorkflowSettings")
public record WorkflowSettings(
        Boolean collectLogs,
        Boolean prepareDatasets,
        Boolean runSimulations,
        Boolean enableFineTuning,
        Boolean gradualDeployment,
        Boolean monitorMetrics,
        @Size(min = 1, max = 32) @UniqueElements
                List<@NotNull @Pattern(regexp = TASK_TYPE) String> taskTypes,
        @Size(min = 1, max = 32) @UniqueElements
                List<@NotNull @Pattern(regexp = TASK_TYPE) String> deploymentStages,
        @DecimalMin("0") @DecimalMax("1") Double minConfidence,
        Boolean excludeRejected,
        @Min(1) @Max(10_000) Integer simulationSampleSize,
        @Valid AlertThresholds alertThresholds,
        @Min(1) @Max(3650) Integer logRetentionDays,
        Map<String, String> candidates,
        Map<String, String> baseModels,
        Map<String, Approval> approvals,
        @Size(max = 200) String schedule) {

    static final String TASK_TYPE = "^[a-z][a-z0-9_-]{0,63}$";

    private static final List<String> TASKS = List.of("game", "website", "graphics", "audio");
    private static final double MIN_CONFIDENCE = 0.5;
    private static final int SAMPLE_SIZE = 240;

    /**
     * With every default filled in. Deployment goes from low risk to high unless its order is
     * given.
     *
     * @throws ProblemException 400 for a stage that is none of the tasks, a model or an approval
     *     for such a one, names no model can have, and a schedule that cron does not understand
     */
    WorkflowConfig filledIn() {
        List<String> tasks = taskTypes == null ? TASKS : taskTypes;
        PerTask perTask = new PerTask(tasks);
        perTask.check("candidates", candidates, PerTask::model);
        perTask.check("baseModels", baseModels, PerTask::baseModel);
        perTask.check("approvals", approvals, PerTask::approval);
        checkSchedule();
        return new WorkflowConfig(
                or(collectLogs, true),
                or(prepareDatasets, true),
                or(runSimulations, true),
                or(enableFineTuning, false),
                or(gradualDeployment, true),
                or(monitorMetrics, true),
                tasks,
                deploymentStages == null ? byRisk(tasks) : stagesOf(tasks),
                or(minConfidence, MIN_CONFIDENCE),
                or(excludeRejected, true),
                or(simulationSampleSize, SAMPLE_SIZE),
                alertThresholds,
                logRetentionDays,
                candidates,
                baseModels,
                approvals,
                schedule);
    }

    private void checkSchedule() {
        if (schedule == null) {
            return;
        }
        try {
            if (Cron.parse(schedule).after(Instant.EPOCH).isEmpty()) {
                throw ProblemException.invalid("/config/schedule", "names no time there ever is");
            }
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(
                    "/config/schedule", "must be as cron has it: " + e.getMessage());
        }
    }

    private List<String> stagesOf(List<String> tasks) {
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < deploymentStages.size(); i++) {
            if (!tasks.contains(deploymentStages.get(i))) {
                errors.add(
                        new FieldError(
                                "/config/deploymentStages/" + i, "must be one of taskTypes"));
            }
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return deploymentStages;
    }

    private static List<String> byRisk(List<String> tasks) {
        return tasks.stream()
                .sorted(Comparator.comparing(task -> TaskCatalogue.of(task).risk()))
                .toList();
    }

    private static <T> T or(T given, T otherwise) {
        return given == null ? otherwise : given;
    }
}
