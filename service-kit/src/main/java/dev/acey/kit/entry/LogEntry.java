package dev.acey.kit.entry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * One call to a model, as every service passes it on. {@link LogEntryReader} makes one from what a
 * client sent.
 *
 * @param id UUIDv7; its time gives the day the entry is stored under; null until log-service gave
 *     one
 * @param taskType {@code ^[a-z][a-z0-9_-]{0,63}$}
 * @param timestamp when the call was made, milliseconds; the same UTC day as the id's
 * @param context the client's own: channel, user, gameState, previousMessages, environment, and
 *     whatever else it put there; never null
 * @param llmPrompt a string, or an array of chat messages with role and content
 * @param llmOutput the model's raw text; null where nothing is known of it
 * @param aceyOutput what the model gave: speech, intents, tool calls; null where the call gave none
 * @param controlDecision approved, modified, rejected or pending; null for a call that failed
 * @param finalAction what was done in the end, as the client or a reviewer says it
 * @param trustDelta within -1 and 1
 * @param personaMode calm, hype, neutral or locked
 * @param confidence within 0 and 1; null when nobody gave one
 * @param autoRules the verdict of our own rules; null for a call that failed
 * @param routing which arm of which rollout served it; null where no route of ours is proven
 * @param error why the call failed; null when it did not
 * @param metadata the client's own: model, temperature, …; fields we do not know are under {@code
 *     extra}; never null
 * @param review who decided last, where a person did; null where only rules or the caller decided
 * @param redactions what was taken out before the entry was stored, and how often: {@code {"email":
 *     2}}; null where nothing was
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record LogEntry(
        UUID id,
        String taskType,
        Instant timestamp,
        ObjectNode context,
        JsonNode llmPrompt,
        String llmOutput,
        ObjectNode aceyOutput,
        String controlDecision,
        JsonNode finalAction,
        Double trustDelta,
        String personaMode,
        Performance performance,
        Double confidence,
        AutoRules autoRules,
        Routing routing,
        CallError error,
        ObjectNode metadata,
        Review review,
        Map<String, Integer> redactions) {

    /** An entry from which nothing was taken out. */
    public LogEntry(
            UUID id,
            String taskType,
            Instant timestamp,
            ObjectNode context,
            JsonNode llmPrompt,
            String llmOutput,
            ObjectNode aceyOutput,
            String controlDecision,
            JsonNode finalAction,
            Double trustDelta,
            String personaMode,
            Performance performance,
            Double confidence,
            AutoRules autoRules,
            Routing routing,
            CallError error,
            ObjectNode metadata,
            Review review) {
        this(
                id,
                taskType,
                timestamp,
                context,
                llmPrompt,
                llmOutput,
                aceyOutput,
                controlDecision,
                finalAction,
                trustDelta,
                personaMode,
                performance,
                confidence,
                autoRules,
                routing,
                error,
                metadata,
                review,
                null);
    }

    /** Where the call was made: live, simulation, test or shadow; live when nothing is said. */
    public String environment() {
        String environment = text(context, "environment");
        return environment == null ? "live" : environment;
    }

    /** The channel it belongs to, or null. */
    public String channel() {
        return text(context, "channel");
    }

    /** The person it was for, or null. */
    public String user() {
        return text(context, "user");
    }

    /** The model that answered: the routed one, else the one the client names, else null. */
    public String model() {
        return routing != null && routing.model() != null
                ? routing.model()
                : text(metadata, "model");
    }

    /** Whether the call itself failed; such an entry is not judged. */
    public boolean failed() {
        return error != null;
    }

    /** The same entry as log-service stores it: identified, dated and judged. */
    public LogEntry stored(
            UUID id, Instant timestamp, String decision, AutoRules verdict, Routing proven) {
        return new LogEntry(
                id,
                taskType,
                timestamp,
                context,
                llmPrompt,
                llmOutput,
                aceyOutput,
                decision,
                finalAction,
                trustDelta,
                personaMode,
                performance,
                confidence,
                verdict,
                proven,
                error,
                metadata,
                null);
    }

    /** The same entry with what the call took. */
    public LogEntry performed(Performance performance) {
        return new LogEntry(
                id,
                taskType,
                timestamp,
                context,
                llmPrompt,
                llmOutput,
                aceyOutput,
                controlDecision,
                finalAction,
                trustDelta,
                personaMode,
                performance,
                confidence,
                autoRules,
                routing,
                error,
                metadata,
                review,
                redactions);
    }

    /** The same entry with other content, from which something was taken out. */
    public LogEntry redacted(Content content, Map<String, Integer> counts) {
        return new LogEntry(
                id,
                taskType,
                timestamp,
                content.context(),
                content.llmPrompt(),
                content.llmOutput(),
                content.aceyOutput(),
                controlDecision,
                content.finalAction(),
                trustDelta,
                personaMode,
                performance,
                confidence,
                content.autoRules(),
                content.routing(),
                content.error(),
                content.metadata(),
                review,
                counts);
    }

    /** The parts of an entry that hold what people and models wrote. */
    public record Content(
            ObjectNode context,
            JsonNode llmPrompt,
            String llmOutput,
            ObjectNode aceyOutput,
            JsonNode finalAction,
            AutoRules autoRules,
            Routing routing,
            CallError error,
            ObjectNode metadata) {}

    /** The same entry after somebody decided. */
    public LogEntry decided(String decision, JsonNode action, Review review) {
        return new LogEntry(
                id,
                taskType,
                timestamp,
                context,
                llmPrompt,
                llmOutput,
                aceyOutput,
                decision,
                action,
                trustDelta,
                personaMode,
                performance,
                confidence,
                autoRules,
                routing,
                error,
                metadata,
                review,
                redactions);
    }

    private static String text(ObjectNode node, String field) {
        JsonNode value = node == null ? null : node.get(field);
        return value != null && value.isTextual() ? value.textValue() : null;
    }
}
