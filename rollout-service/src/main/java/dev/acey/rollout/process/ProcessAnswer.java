package dev.acey.rollout.process;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.rollout.judge.Judgement;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/**
 * What to do with an output.
 *
 * @param decision approved, modified, rejected or pending
 * @param action deliver, deliver_modified, block or hold_for_review
 * @param output what to deliver now; null when blocked or held
 * @param logId the entry on the record
 */
@RegisterForReflection
record ProcessAnswer(String decision, String action, JsonNode output, UUID logId) {

    static ProcessAnswer of(Judgement judgement) {
        return new ProcessAnswer(
                judgement.verdict().decision().json(),
                judgement.verdict().action().json(),
                judgement.delivered(),
                judgement.entry().id());
    }
}
