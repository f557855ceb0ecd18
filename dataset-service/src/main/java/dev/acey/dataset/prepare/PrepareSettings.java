package dev.acey.dataset.prepare;

import dev.acey.dataset.draft.TaskPlan;
import dev.acey.dataset.example.Converter;
import dev.acey.dataset.example.EntryFilter;
import dev.acey.dataset.source.Selection;
import dev.acey.kit.page.Query;
import dev.acey.kit.problem.ProblemException;
import dev.acey.kit.task.Format;
import dev.acey.kit.task.TaskCatalogue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is applied: every default filled in, and nothing claimed that is not done.
 *
 * @param from entries not before this; null for no bound
 * @param to entries before this; never later than just after the preparation was asked for, so that
 *     it comes to the same whenever and however often it runs
 * @param format of every task; null for each task's own
 * @param maxExamples of each task, the oldest
 */
@RegisterForReflection
public record PrepareSettings(
        List<String> taskTypes,
        double minConfidence,
        boolean excludeRejected,
        boolean includePending,
        boolean requireConfidence,
        Instant from,
        Instant to,
        Format format,
        boolean deduplicate,
        long maxExamples) {

    static final long MOST_EXAMPLES = 10_000_000;

    private static final List<String> THE_GUIDES_TASKS =
            List.of("game", "website", "graphics", "audio");
    private static final double MIN_CONFIDENCE = 0.5;

    /**
     * Fills in the defaults.
     *
     * @param now when it was asked for
     * @throws ProblemException 400 for a value that breaks a rule, 422 for one that means something
     *     that cannot be done yet
     */
    static PrepareSettings of(PrepareCommand command, Instant now) {
        NotYet.refuseWhatIsAskedForIn(command);
        Instant acceptance = now.truncatedTo(ChronoUnit.MILLIS);
        Instant from = bound(command.dateRange(), "from");
        Instant to = bound(command.dateRange(), "to");
        if (from != null && to != null && !from.isBefore(to)) {
            throw ProblemException.invalid("/dateRange/to", "must be after from");
        }
        if (from != null && from.isAfter(acceptance)) {
            throw ProblemException.invalid("/dateRange/from", "must not be in the future");
        }
        // Times are milliseconds, and the bound itself is outside: what was logged just now is in.
        Instant latest = acceptance.plusMillis(1);
        return new PrepareSettings(
                Optional.ofNullable(command.taskTypes()).orElse(THE_GUIDES_TASKS),
                Optional.ofNullable(command.minConfidence()).orElse(MIN_CONFIDENCE),
                Optional.ofNullable(command.excludeRejected()).orElse(true),
                Optional.ofNullable(command.includePending()).orElse(false),
                Optional.ofNullable(command.requireConfidence()).orElse(false),
                from,
                to == null || to.isAfter(latest) ? latest : to,
                format(command.format()),
                Optional.ofNullable(command.deduplicate()).orElse(true),
                Optional.ofNullable(command.maxExamples()).orElse(MOST_EXAMPLES));
    }

    Selection selection() {
        return new Selection(taskTypes, from, to);
    }

    List<TaskPlan> plans() {
        EntryFilter filter =
                new EntryFilter(minConfidence, excludeRejected, includePending, requireConfidence);
        return taskTypes.stream()
                .map(TaskCatalogue::of)
                .map(
                        task ->
                                new TaskPlan(
                                        task.taskType(),
                                        filter,
                                        new Converter(
                                                format == null ? task.format() : format,
                                                task.instruction()),
                                        deduplicate,
                                        maxExamples))
                .toList();
    }

    private static Instant bound(PrepareCommand.DateRange range, String name) {
        if (range == null) {
            return null;
        }
        String given = name.equals("from") ? range.from() : range.to();
        Instant time = Query.time("dateRange/" + name, given);
        return time == null || time.isAfter(Instant.EPOCH) ? time : Instant.EPOCH;
    }

    private static Format format(String name) {
        if (name == null) {
            return null;
        }
        return Arrays.stream(Format.values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                ProblemException.invalid(
                                        "/format",
                                        "must be one of instruction, chat, classification,"
                                                + " structured, preference"));
    }
}
