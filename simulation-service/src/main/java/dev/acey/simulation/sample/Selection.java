package dev.acey.simulation.sample;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.acey.kit.entry.LogEntryReader;
import dev.acey.kit.page.Query;
import dev.acey.kit.problem.FieldError;
import dev.acey.kit.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;

/**
 * Which logged calls to replay: a random sample of the live ones that were judged.
 *
 * @param taskType one or several; all when missing
 * @param from the first instant, or the first day; from the beginning when missing
 * @param to the instant, or the day, before which they ended; until now when missing
 * @param sampleSize 1 to 10,000; by default so many that four tasks of equal traffic each have
 *     enough for a verdict
 * @param seed of the sample; the simulation's when missing
 */
@RegisterForReflection
public record Selection(
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> taskType,
        String from,
        String to,
        Integer sampleSize,
        Long seed) {

    public static final int LARGEST_SAMPLE = 10_000;

    private static final int DEFAULT_SAMPLE = 480;
    private static final int MOST_TASKS = 64;

    public Selection {
        taskType = taskType == null ? List.of() : taskType;
        sampleSize = sampleSize == null ? Integer.valueOf(DEFAULT_SAMPLE) : sampleSize;
        List<FieldError> errors = new ArrayList<>();
        if (taskType.size() > MOST_TASKS) {
            errors.add(error("taskType", "must be at most " + MOST_TASKS + " task types"));
        }
        for (String task : taskType) {
            if (task == null || !LogEntryReader.TASK_TYPE.matcher(task).matches()) {
                errors.add(error("taskType", "must match " + LogEntryReader.TASK_TYPE.pattern()));
                break;
            }
        }
        if (sampleSize < 1 || sampleSize > LARGEST_SAMPLE) {
            errors.add(error("sampleSize", "must be a number from 1 to " + LARGEST_SAMPLE));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        var first = Query.time("select/from", from);
        var end = Query.time("select/to", to);
        if (first != null && end != null && !first.isBefore(end)) {
            throw ProblemException.invalid("/select/to", "must be after from");
        }
    }

    /** The same with the simulation's seed where it has none of its own. */
    public Selection seeded(long simulationSeed) {
        return seed != null ? this : new Selection(taskType, from, to, sampleSize, simulationSeed);
    }

    private static FieldError error(String field, String rule) {
        return new FieldError("/select/" + field, rule);
    }
}
