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
 * @param recorded what the candidate answered, as the client recorded it; null where it did not
 * @param demonstration the right answer as a person gave it; null where nobody did
 * @param asked what the candidate answered us; null where it was not asked, or not yet
 * @param judge what the judge said, the baseline's answer shown first; null likewise
 * @param judgeSwapped what the judge said, the candidate's answer shown first; null likewise
 */
public record Case(
        int position,
        LogEntry entry,
        ObjectNode recorded,
        ObjectNode demonstration,
        Answer asked,
        Answer judge,
        Answer judgeSwapped) {

    /** A case about which no model was asked. */
    public Case(int position, LogEntry entry, ObjectNode recorded) {
        this(position, entry, recorded, null, null, null, null);
    }

    /** What the logged call gave: its output, else its raw text; empty where it failed. */
    public Optional<AceyOutput> baseline() {
        if (entry.failed()) {
            return Optional.empty();
        }
        return entry.aceyOutput() != null
                ? Optional.of(new AceyOutput(entry.aceyOutput()))
                : Optional.ofNullable(entry.llmOutput()).map(AceyOutput::ofSpeech);
    }

    /** What the candidate gave, recorded or asked; empty where it failed or was not asked. */
    public Optional<AceyOutput> candidate() {
        ObjectNode output = recorded == null && asked != null ? asked.output() : recorded;
        return Optional.ofNullable(output).map(AceyOutput::new);
    }

    /**
     * What would have been right: a demonstration, else the logged output where a person approved
     * it, else what a person put in its place; empty where nobody said.
     */
    public Optional<AceyOutput> reference() {
        if (demonstration != null) {
            return Optional.of(new AceyOutput(demonstration));
        }
        if (entry.review() == null) {
            return Optional.empty();
        }
        if ("approved".equals(entry.controlDecision())) {
            return baseline();
        }
        return "modified".equals(entry.controlDecision())
                        && entry.finalAction() instanceof ObjectNode put
                        && (put.has("speech") || put.has("intents"))
                ? Optional.of(new AceyOutput(put))
                : Optional.empty();
    }
}
