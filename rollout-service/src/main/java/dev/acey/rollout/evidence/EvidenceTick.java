package dev.acey.rollout.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.rollout.guard.count.TickCounts;
import java.time.Instant;

/**
 * A tick as the document has it.
 *
 * @param since when the stage's time began
 * @param elapsedSeconds from then to the tick's end
 * @param verdict the guard's, as it was written
 */
record EvidenceTick(
        long tick, Instant since, long elapsedSeconds, TickCounts counts, JsonNode verdict) {}
