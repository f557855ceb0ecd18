package dev.acey.simulation.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.entry.LogEntryReader;
import dev.acey.kit.problem.FieldError;
import dev.acey.kit.problem.ProblemException;
import dev.acey.simulation.output.IntentMatch;
import dev.acey.simulation.output.OutputForm;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Two outputs for one prompt.
 *
 * @param outputA an aceyOutput, with up to {@link IntentMatch#MOST_INTENTS} intents
 * @param outputB likewise
 * @param taskType what they were for; every task is compared alike
 */
@RegisterForReflection
public record CompareRequest(
        @Schema(type = SchemaType.OBJECT, required = true) ObjectNode outputA,
        @Schema(type = SchemaType.OBJECT, required = true) ObjectNode outputB,
        String taskType) {

    public CompareRequest {
        List<FieldError> errors = new ArrayList<>(OutputForm.check("/outputA", outputA));
        errors.addAll(OutputForm.check("/outputB", outputB));
        if (tooManyIntents(outputA)) {
            errors.add(tooMany("/outputA/intents"));
        }
        if (tooManyIntents(outputB)) {
            errors.add(tooMany("/outputB/intents"));
        }
        if (taskType != null && !LogEntryReader.TASK_TYPE.matcher(taskType).matches()) {
            errors.add(
                    new FieldError(
                            "/taskType", "must match " + LogEntryReader.TASK_TYPE.pattern()));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }

    private static boolean tooManyIntents(JsonNode output) {
        return output != null && output.path("intents").size() > IntentMatch.MOST_INTENTS;
    }

    private static FieldError tooMany(String pointer) {
        return new FieldError(pointer, "must be at most " + IntentMatch.MOST_INTENTS);
    }
}
