package dev.acey.dataset.draft;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.example.DropReason;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** What went into one dataset, counted. Every entry read is kept or dropped for one reason. */
final class Tally {

    private static final int NAMED_RULE_SETS = 100;
    private static final int NAMED_DAYS = 4_000;
    private static final long SECONDS_OF_DAY = 86_400;

    private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
    private final Counts ruleSets = new Counts(NAMED_RULE_SETS);
    private final Counts days = new Counts(NAMED_DAYS);
    private final Map<String, Long> personalData = new TreeMap<>();
    private long read;
    private UUID first;
    private UUID last;
    private long day = Long.MIN_VALUE;
    private String dayName;

    void read(Made made) {
        read++;
        first = first == null ? made.log() : first;
        last = made.log();
        if (made.ruleSet() != null) {
            ruleSets.add(made.ruleSet());
        }
        days.add(day(made.at()));
        made.found().forEach((kind, times) -> personalData.merge(kind, (long) times, Long::sum));
    }

    void drop(DropReason reason) {
        dropped.merge(reason, 1L, Long::sum);
    }

    long read() {
        return read;
    }

    Dropped dropped() {
        return Dropped.of(dropped);
    }

    long dropped(DropReason reason) {
        return dropped.getOrDefault(reason, 0L);
    }

    /** Where the examples came from, as the manifest says it. */
    ObjectNode source() {
        ObjectNode source = JsonNodeFactory.instance.objectNode();
        source.put("read", read).put("firstLogId", text(first)).put("lastLogId", text(last));
        days.putInto(source.putObject("days"));
        ruleSets.putInto(source.putObject("ruleSets"));
        return source;
    }

    /** What the reasons a client sees as {@code invalid} and {@code overLimit} were. */
    ObjectNode details() {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.putObject("invalid")
                .put("failedCall", dropped(DropReason.FAILED_CALL))
                .put("notLive", dropped(DropReason.NOT_LIVE))
                .put("notConvertible", dropped(DropReason.NOT_CONVERTIBLE))
                .put("unpaired", dropped(DropReason.UNPAIRED));
        details.putObject("overLimit")
                .put("unreviewed", dropped(DropReason.UNREVIEWED))
                .put("maxExamples", dropped(DropReason.OVER_LIMIT));
        return details;
    }

    /** What was taken out of prompts and answers, by kind. */
    ObjectNode personalData() {
        ObjectNode found = JsonNodeFactory.instance.objectNode();
        personalData.forEach(found::put);
        return found;
    }

    /** In UTC; entries come in order, so that it is nearly always that of the one before. */
    private String day(Instant at) {
        long number = Math.floorDiv(at.getEpochSecond(), SECONDS_OF_DAY);
        if (number != day) {
            day = number;
            dayName = LocalDate.ofEpochDay(number).toString();
        }
        return dayName;
    }

    private static String text(UUID id) {
        return id == null ? null : id.toString();
    }
}
