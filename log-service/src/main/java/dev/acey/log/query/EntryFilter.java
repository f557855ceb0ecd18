package dev.acey.log.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.entry.LogEntryReader;
import dev.acey.kit.page.Query;
import dev.acey.kit.problem.ProblemException;
import dev.acey.log.store.TextColumn;
import dev.acey.log.store.TimeRange;
import dev.acey.log.store.Where;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Which entries are asked for; a null leaves its field open.
 *
 * @param taskTypes one of these
 * @param minConfidence at least; entries without a confidence are left out
 * @param words what the prompt or the speech holds; not part of the SQL condition
 */
record EntryFilter(
        List<String> taskTypes,
        TimeRange time,
        String decision,
        String variant,
        String environment,
        String model,
        Double minConfidence,
        Words words) {

    private static final Set<String> VARIANTS = Set.of("baseline", "candidate");

    /** Reads the parameters; 400 naming the first that breaks its rule. */
    static EntryFilter of(FilterParameters given) {
        return new EntryFilter(
                taskTypes(given.taskType),
                TimeRange.of(given.from, given.to),
                Query.oneOf("decision", given.decision, LogEntryReader.DECISIONS),
                Query.oneOf("variant", given.variant, VARIANTS),
                Query.oneOf("environment", given.environment, LogEntryReader.ENVIRONMENTS),
                given.model == null || given.model.isEmpty() ? null : TextColumn.of(given.model),
                Query.number("minConfidence", given.minConfidence, 0, 1),
                Words.of(given.q));
    }

    Where where() {
        Where where = new Where();
        where.and("NOT erased");
        time.addTo(where);
        if (taskTypes != null) {
            where.and("task_type = ANY (" + where.argument(taskTypes.toArray(String[]::new)) + ")");
        }
        equal(where, "decision", decision);
        equal(where, "variant", variant);
        equal(where, "environment", environment);
        equal(where, "model", model);
        if (minConfidence != null) {
            where.and("confidence >= " + where.argument(minConfidence));
        }
        return where;
    }

    /** Whether an entry of the archive is asked for: what {@link #where} and the words say. */
    boolean matches(JsonNode entry) {
        JsonNode routing = entry.path("routing");
        return (taskTypes == null || taskTypes.contains(entry.path("taskType").textValue()))
                && time.holds(Instant.parse(entry.path("timestamp").textValue()))
                && isOrOpen(decision, entry.path("controlDecision").textValue())
                && isOrOpen(variant, routing.path("variant").textValue())
                && isOrOpen(environment, entry.path("context").path("environment").asText("live"))
                && isOrOpen(model, TextColumn.of(model(entry)))
                && (minConfidence == null || entry.path("confidence").asDouble(-1) >= minConfidence)
                && (words == null || words.areIn(entry));
    }

    private static String model(JsonNode entry) {
        String routed = entry.path("routing").path("model").textValue();
        return routed == null ? entry.path("metadata").path("model").textValue() : routed;
    }

    private static boolean isOrOpen(String asked, String value) {
        return asked == null || asked.equals(value);
    }

    private static void equal(Where where, String column, String value) {
        if (value != null) {
            where.and(column + " = " + where.argument(value));
        }
    }

    private static List<String> taskTypes(String given) {
        if (given == null || given.isEmpty()) {
            return null;
        }
        List<String> taskTypes = List.of(given.split(",", -1));
        for (String taskType : taskTypes) {
            if (!LogEntryReader.TASK_TYPE.matcher(taskType).matches()) {
                throw ProblemException.invalid(
                        "/taskType", "must match " + LogEntryReader.TASK_TYPE.pattern());
            }
        }
        return taskTypes;
    }
}
