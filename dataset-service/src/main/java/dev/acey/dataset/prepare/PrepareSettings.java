package dev.acey.dataset.prepare;

import dev.acey.dataset.choose.ChoiceRules;
import dev.acey.dataset.choose.Shares;
import dev.acey.dataset.draft.TaskPlan;
import dev.acey.dataset.example.Converter;
import dev.acey.dataset.example.EntryFilter;
import dev.acey.dataset.source.Selection;
import dev.acey.kit.page.Query;
import dev.acey.kit.problem.ProblemException;
import dev.acey.kit.task.Format;
import dev.acey.kit.task.TaskCatalogue;
import dev.acey.rules.sensitive.Kind;
import dev.acey.rules.sensitive.Redactor;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is applied: every default filled in.
 *
 * @param from entries not before this; null for no bound
 * @param to entries before this; never later than just after the preparation was asked for, so that
 *     it comes to the same whenever and however often it runs
 * @param format of every task; null for each task's own
 * @param deduplicate whether of exact and near duplicates only the best stays
 * @param nearDuplicateThreshold the share of their shingles that near duplicates have in common;
 *     null where they are not looked for
 * @param maxUnreviewedShare of each task's examples
 * @param maxExamples of each task, drawn by the seed where there are more
 * @param split all in one part unless asked for
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
        Double nearDuplicateThreshold,
        Boolean redactPersonalData,
        Double maxUnreviewedShare,
        long maxExamples,
        Shares split,
        Long seed) {

    static final long MOST_EXAMPLES = 10_000_000;

    private static final List<String> THE_GUIDES_TASKS =
            List.of("game", "website", "graphics", "audio");
    private static final double MIN_CONFIDENCE = 0.5;
    private static final double NEAR_DUPLICATE = 0.8;
    private static final double ROUNDING = 1e-9;

    /** What a preparation of an earlier release does not say was not applied. */
    public PrepareSettings {
        redactPersonalData = Objects.requireNonNullElse(redactPersonalData, false);
        maxUnreviewedShare = Objects.requireNonNullElse(maxUnreviewedShare, 1.0);
        split = Objects.requireNonNullElse(split, Shares.UNDIVIDED);
        seed = Objects.requireNonNullElse(seed, 0L);
    }

    /**
     * Fills in the defaults.
     *
     * @param now when it was asked for
     * @throws ProblemException 400 for a value that breaks a rule
     */
    static PrepareSettings of(PrepareCommand command, Instant now) {
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
                Optional.ofNullable(command.nearDuplicateThreshold()).orElse(NEAR_DUPLICATE),
                Optional.ofNullable(command.redactPersonalData()).orElse(true),
                Optional.ofNullable(command.maxUnreviewedShare()).orElse(1.0),
                Optional.ofNullable(command.maxExamples()).orElse(MOST_EXAMPLES),
                shares(command.split()),
                Optional.ofNullable(command.seed()).orElse(0L));
    }

    Selection selection() {
        return new Selection(taskTypes, from, to);
    }

    List<TaskPlan> plans() {
        EntryFilter filter =
                new EntryFilter(minConfidence, excludeRejected, includePending, requireConfidence);
        ChoiceRules rules =
                new ChoiceRules(
                        deduplicate,
                        Objects.requireNonNullElse(nearDuplicateThreshold, Double.NaN),
                        maxUnreviewedShare,
                        maxExamples,
                        split,
                        seed);
        Set<Kind> kinds = redactPersonalData ? EnumSet.allOf(Kind.class) : Set.of();
        Redactor redactor = new Redactor(kinds, Map.of());
        return taskTypes.stream()
                .map(TaskCatalogue::of)
                .map(
                        task ->
                                new TaskPlan(
                                        task.taskType(),
                                        filter,
                                        new Converter(
                                                format == null ? task.format() : format,
                                                task.instruction(),
                                                redactor),
                                        rules))
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

    private static Shares shares(PrepareCommand.Split split) {
        if (split == null) {
            return Shares.UNDIVIDED;
        }
        double validation = Optional.ofNullable(split.validation()).orElse(0.0);
        double test = Optional.ofNullable(split.test()).orElse(0.0);
        double train = Optional.ofNullable(split.train()).orElse(1 - validation - test);
        if (Math.abs(train + validation + test - 1) > ROUNDING) {
            throw ProblemException.invalid("/split", "the shares must be 1 together");
        }
        if (train < ROUNDING) {
            throw ProblemException.invalid("/split/train", "must be more than 0");
        }
        return new Shares(train, validation, test);
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
