package dev.acey.log.review;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.log.feedback.Feedback;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;

/**
 * What became of an entry, oldest first.
 *
 * @param decisions of the rules, then of whoever sent the entry where it differs, then of people
 * @param feedback what was said about it
 * @param truncated whether there is more than is shown here
 */
@RegisterForReflection
public record History(List<Decided> decisions, List<Feedback> feedback, boolean truncated) {

    /**
     * @param by rules, caller or person
     * @param decision approved, modified, rejected or pending
     * @param finalAction as it stood then; null where nobody had named one
     * @param reviewer who, for a person that gave a name
     * @param reason why, for a person that gave one
     */
    @RegisterForReflection
    public record Decided(
            String by,
            String decision,
            JsonNode finalAction,
            String reviewer,
            String reason,
            Instant at) {}
}
