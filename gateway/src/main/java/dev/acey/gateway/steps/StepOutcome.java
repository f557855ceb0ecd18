package dev.acey.gateway.steps;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** What a step has come to. */
public sealed interface StepOutcome {

    /** What is known of the step so far, or in the end. */
    JsonNode result();

    /** The step is over. */
    record Done(JsonNode result) implements StepOutcome {}

    /** This is to be written down before the step goes on: an intent, before it is acted on. */
    record Noted(JsonNode result) implements StepOutcome {}

    /** There is nothing to do before this time has passed; nothing is held until then. */
    record Waits(JsonNode result, Duration lookAgain) implements StepOutcome {}
}
