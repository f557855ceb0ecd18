package dev.acey.simulation.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.entry.LogEntry;
import dev.acey.simulation.output.AceyOutput;
import java.util.Optional;

/**
 * One prompt to replay.
 *
 * @param position within the simulation, counted from 0
 * @param entry the call as it was logged; its verdict is ours, or there is none
 * @param candidateJson what the candidate answered; null where nobody recorded that
 */
public record Case(int position, LogEntry entry, ObjectNode candidateJson) {

    /** What the logged call gave: its output, else its raw text; empty where it failed. */
    public Optional<AceyOutput> baseline() {
        if (entry.failed()) {
            return Optional.empty();
        }
        return entry.aceyOutput() != null
                ? Optional.of(new AceyOutput(entry.aceyOutput()))
                : Optional.ofNullable(entry.llmOutput()).map(AceyOutput::ofSpeech);
    }

    public Optional<AceyOutput> candidate() {
        return Optional.ofNullable(candidateJson).map(AceyOutput::new);
    }
}
