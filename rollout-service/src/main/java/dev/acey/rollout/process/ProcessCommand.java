package dev.acey.rollout.process;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.entry.LogEntry;
import dev.acey.kit.entry.LogEntryReader;
import dev.acey.kit.problem.FieldError;
import dev.acey.kit.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;

/**
 * What an app's own model gave.
 *
 * @param taskType as in a log entry
 * @param aceyOutput {speech, intents, toolCalls}; required
 * @param context as in a log entry: its {@code channel} names the state to judge by, its {@code
 *     environment} says whether this is live
 */
@RegisterForReflection
record ProcessCommand(String taskType, ObjectNode aceyOutput, ObjectNode context) {

    /**
     * The call as a log entry, without id, time and verdict. It has no prompt: only the app knows
     * it.
     *
     * @throws ProblemException 400 naming each field that breaks a rule
     */
    LogEntry toEntry() {
        ObjectNode sent = JsonNodeFactory.instance.objectNode();
        sent.put("taskType", taskType);
        sent.put("llmPrompt", "");
        sent.set("context", context);
        sent.set("aceyOutput", aceyOutput);
        if (aceyOutput != null) {
            return LogEntryReader.read(sent);
        }
        List<FieldError> errors = new ArrayList<>();
        errors.add(new FieldError("/aceyOutput", "is required"));
        try {
            LogEntryReader.read(sent);
        } catch (ProblemException e) {
            errors.addAll(e.problem().errors());
        }
        throw ProblemException.invalid(errors);
    }
}
