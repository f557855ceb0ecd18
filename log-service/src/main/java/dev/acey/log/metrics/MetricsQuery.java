package dev.acey.log.metrics;

import dev.acey.kit.entry.LogEntryReader;
import dev.acey.kit.page.Query;
import dev.acey.kit.problem.ProblemException;
import dev.acey.log.rollup.Resolution;
import dev.acey.log.rollup.Span;
import dev.acey.log.store.Where;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;

/**
 * What is asked for: the last so many seconds, in steps.
 *
 * @param taskType null for all
 * @param variant baseline, candidate or null for all
 */
record MetricsQuery(
        String taskType, String variant, String environment, Duration window, Duration step) {

    static final int MOST_STEPS = 1_500;
    static final int SHORTEST = 60;
    static final int LONGEST = 31 * 24 * 3_600;

    private static final Set<String> VARIANTS = Set.of("baseline", "candidate");

    /** Reads the parameters; 400 naming the one that breaks its rule. */
    static MetricsQuery of(
            String taskType, String variant, String environment, String window, String step) {
        if (taskType != null
                && !taskType.isEmpty()
                && !LogEntryReader.TASK_TYPE.matcher(taskType).matches()) {
            throw ProblemException.invalid(
                    "/taskType", "must match " + LogEntryReader.TASK_TYPE.pattern());
        }
        String where = Query.oneOf("environment", environment, LogEntryReader.ENVIRONMENTS);
        MetricsQuery query =
                new MetricsQuery(
                        taskType == null || taskType.isEmpty() ? null : taskType,
                        Query.oneOf("variant", variant, VARIANTS),
                        where == null ? "live" : where,
                        seconds("windowSeconds", window, 900),
                        seconds("stepSeconds", step, 60));
        query.checkSteps();
        return query;
    }

    private static Duration seconds(String name, String given, int otherwise) {
        Double seconds = Query.number(name, given, SHORTEST, LONGEST);
        if (seconds != null && seconds != Math.rint(seconds)) {
            throw ProblemException.invalid("/" + name, "must be a whole number");
        }
        return Duration.ofSeconds(seconds == null ? otherwise : seconds.longValue());
    }

    private void checkSteps() {
        if (!isMultipleOf(Resolution.MINUTE)) {
            throw ProblemException.invalid("/stepSeconds", "must be a multiple of 60");
        }
        if (step.multipliedBy(MOST_STEPS).compareTo(window) < 0) {
            throw ProblemException.invalid(
                    "/stepSeconds", "must make at most " + MOST_STEPS + " steps of the window");
        }
        Instant now = Instant.EPOCH;
        if (!resolution().reaches(now.minus(window), now)) {
            throw ProblemException.invalid(
                    "/stepSeconds",
                    "must be a multiple of 3600 for a window of more than "
                            + Duration.ofDays(2).toSeconds()
                            + " seconds");
        }
    }

    /** The coarsest roll-ups that steps are made of. */
    Resolution resolution() {
        return Arrays.stream(Resolution.values())
                .filter(this::isMultipleOf)
                .max(Comparator.naturalOrder())
                .orElse(Resolution.MINUTE);
    }

    /**
     * Whole steps, counted from 1970, that cover the window; the last is the one that runs. A step
     * begins at the same instants whenever one asks.
     */
    Span span(Instant now) {
        long size = step.toSeconds();
        long first = Math.floorDiv(now.minus(window).getEpochSecond(), size);
        long last = Math.floorDiv(now.getEpochSecond(), size);
        return new Span(
                resolution(),
                Instant.ofEpochSecond(first * size),
                Instant.ofEpochSecond((last + 1) * size));
    }

    Where where() {
        Where where = new Where();
        where.and("environment = " + where.argument(environment));
        if (taskType != null) {
            where.and("task_type = " + where.argument(taskType));
        }
        if (variant != null) {
            where.and("variant = " + where.argument(variant));
        }
        return where;
    }

    private boolean isMultipleOf(Resolution resolution) {
        return step.toSeconds() % resolution.length().toSeconds() == 0;
    }
}
