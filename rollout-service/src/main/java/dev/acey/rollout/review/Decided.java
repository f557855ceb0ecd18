package dev.acey.rollout.review;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.entry.LogEntry;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A person's decision, as log-service's feed tells it.
 *
 * @param seq its place in the feed, growing in the order of commit
 * @param id of the entry
 * @param decision approved, modified, rejected or pending
 * @param finalAction what is done in the end: for {@code modified}, the output as corrected, or
 *     null
 * @param entry as it was judged
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record Decided(
        long seq, UUID id, String decision, JsonNode finalAction, Instant at, LogEntry entry) {

    /**
     * The next decisions of the feed.
     *
     * @param next the position after these
     */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Page(List<Decided> decisions, long next) {}
}
