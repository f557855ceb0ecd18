package dev.acey.log.collect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.entry.AutoRules;
import dev.acey.kit.entry.LogEntry;
import dev.acey.kit.entry.LogEntryReader;
import dev.acey.kit.entry.Routing;
import dev.acey.kit.problem.FieldError;
import dev.acey.kit.problem.JsonProblems;
import dev.acey.kit.problem.Problem;
import dev.acey.kit.problem.ProblemException;
import dev.acey.log.pricing.Prices;
import dev.acey.log.redact.Redaction;
import dev.acey.log.retention.Retention;
import dev.acey.log.retention.RetentionPolicy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The door: makes of what was sent an entry as it will be stored, with id, timestamp, verdict,
 * decision and proven routing, and without what the settings redact, or refuses it.
 */
@Singleton
class Admission {

    static final Duration NEWEST = Duration.ofHours(24);

    private static final Set<String> ACTIONS =
            Set.of("deliver", "deliver_modified", "block", "hold_for_review");
    private static final Set<String> ARMS = Set.of("baseline", "candidate");

    private final EntryIds ids;
    private final Judge judge;
    private final RouteProof proof;
    private final Prices prices;
    private final Redaction redaction;
    private final Retention retention;
    private final ObjectMapper json;

    Admission(
            EntryIds ids,
            Judge judge,
            RouteProof proof,
            Prices prices,
            Redaction redaction,
            Retention retention,
            ObjectMapper json) {
        this.ids = ids;
        this.judge = judge;
        this.proof = proof;
        this.prices = prices;
        this.redaction = redaction;
        this.retention = retention;
        this.json = json;
    }

    /**
     * An entry of somebody outside: judged here, its routing believed only as far as it is proven.
     * Where there is no aceyOutput, the raw text of the model is what it said.
     *
     * @throws ProblemException 400 naming each field that breaks a rule, 422 for an entry too old
     *     or too far ahead
     */
    LogEntry fromClient(JsonNode sent, Instant now) {
        LogEntry entry = identified(LogEntryReader.read(withOutput(withoutReview(sent))), now);
        AutoRules verdict = judge.judge(entry, entry.timestamp());
        String decision = entry.controlDecision();
        if (decision == null && verdict != null) {
            decision = verdict.decision();
        }
        Routing routing = proof.of(sent, entry.taskType(), now);
        return finished(entry.stored(entry.id(), entry.timestamp(), decision, verdict, routing));
    }

    /**
     * An entry of one of our own services: its verdict and routing are taken as given, and it has
     * an id already.
     *
     * @throws ProblemException as {@link #fromClient} does
     */
    LogEntry fromService(JsonNode sent, Instant now) {
        LogEntry entry = LogEntryReader.read(withoutReview(sent));
        if (entry.id() == null) {
            throw ProblemException.invalid("/id", "is required");
        }
        entry = identified(entry, now);
        AutoRules verdict = read(sent, "autoRules", AutoRules.class);
        Routing routing = read(sent, "routing", Routing.class);
        check(verdict);
        check(routing);
        return finished(
                entry.stored(
                        entry.id(), entry.timestamp(), entry.controlDecision(), verdict, routing));
    }

    /** With its cost where that is known, and without what is not to be stored. */
    private LogEntry finished(LogEntry entry) {
        return redaction.of(prices.priced(entry));
    }

    private LogEntry identified(LogEntry entry, Instant now) {
        Instant timestamp = entry.timestamp();
        if (timestamp == null && entry.id() != null) {
            timestamp = LogEntryReader.timeOf(entry.id());
        }
        if (timestamp != null) {
            checkAge(timestamp, entry.timestamp() == null ? "/id" : "/timestamp", now);
        }
        UUID id = entry.id();
        if (id == null) {
            id = timestamp == null ? ids.next() : ids.at(timestamp);
        }
        return entry.stored(
                id,
                timestamp == null ? LogEntryReader.timeOf(id) : timestamp,
                entry.controlDecision(),
                null,
                null);
    }

    private void checkAge(Instant timestamp, String pointer, Instant now) {
        RetentionPolicy policy = retention.policy();
        if (timestamp.isBefore(policy.oldest(now))) {
            throw ProblemException.refused(
                    pointer,
                    "is older than the retention: entries are kept for "
                            + policy.logRetentionDays()
                            + " days, and those before "
                            + policy.droppedBefore()
                            + " are gone");
        }
        if (timestamp.isAfter(now.plus(NEWEST))) {
            throw ProblemException.refused(
                    pointer, "is of a time more than " + NEWEST.toHours() + " hours ahead");
        }
    }

    /** A person's decision comes in through its own endpoint only. */
    private static JsonNode withoutReview(JsonNode sent) {
        if (sent instanceof ObjectNode object) {
            object.remove("review");
        }
        return sent;
    }

    private static JsonNode withOutput(JsonNode sent) {
        if (sent instanceof ObjectNode object
                && !object.hasNonNull("aceyOutput")
                && !object.hasNonNull("error")
                && object.path("llmOutput").isTextual()) {
            ObjectNode output = object.putObject("aceyOutput");
            output.set("speech", object.get("llmOutput"));
            output.putArray("intents");
        }
        return sent;
    }

    private <T> T read(JsonNode sent, String field, Class<T> type) {
        try {
            return json.treeToValue(sent.get(field), type);
        } catch (JsonProcessingException e) {
            List<FieldError> errors =
                    JsonProblems.of(e).errors().stream()
                            .map(f -> new FieldError("/" + field + f.pointer(), f.detail()))
                            .toList();
            throw new ProblemException(Problem.of(400, "The entry breaks a rule.", errors));
        }
    }

    private static void check(AutoRules verdict) {
        if (verdict == null) {
            return;
        }
        if (!LogEntryReader.DECISIONS.contains(String.valueOf(verdict.decision()))) {
            throw ProblemException.invalid("/autoRules/decision", "is not a decision");
        }
        if (!ACTIONS.contains(String.valueOf(verdict.action()))) {
            throw ProblemException.invalid("/autoRules/action", "is not an action");
        }
        if (verdict.findings() == null || !verdict.findings().isArray()) {
            throw ProblemException.invalid("/autoRules/findings", "must be an array");
        }
    }

    private static void check(Routing routing) {
        if (routing == null) {
            return;
        }
        if (routing.variant() != null && !ARMS.contains(routing.variant())) {
            throw ProblemException.invalid(
                    "/routing/variant", "must be one of baseline, candidate");
        }
        if (routing.servedBy() != null && !ARMS.contains(routing.servedBy())) {
            throw ProblemException.invalid(
                    "/routing/servedBy", "must be one of baseline, candidate");
        }
        checkName("model", routing.model(), 256);
        checkName("rolloutId", routing.rolloutId(), 64);
        checkName("keyHash", routing.keyHash(), 128);
    }

    private static void checkName(String field, String name, int longest) {
        if (name != null
                && (name.length() > longest || name.chars().anyMatch(Character::isISOControl))) {
            throw ProblemException.invalid(
                    "/routing/" + field,
                    "must be at most " + longest + " characters without control characters");
        }
    }
}
