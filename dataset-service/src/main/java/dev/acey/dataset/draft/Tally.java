package dev.acey.dataset.draft;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.example.DropReason;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** What went into one dataset, counted. Every entry read is kept or dropped for one reason. */
final class Tally {

    private static final int NAMED_RULE_SETS = 100;
    private static final int NAMED_DAYS = 4_000;
    private static final String OTHERS = "others";

    private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
    private final Map<String, Long> ruleSets = new TreeMap<>();
    private final Map<String, Long> days = new TreeMap<>();
    private final Map<String, Long> personalData = new TreeMap<>();
    private long read;
    private UUID first;
    private UUID last;

    void read(Made made) {
        read++;
        first = first == null ? made.log() : first;
        last = made.log();
        if (made.ruleSet() != null) {
            count(ruleSets, made.ruleSet(), NAMED_RULE_SETS);
        }
        LocalDate day = made.at().atOffset(ZoneOffset.UTC).toLocalDate();
        count(days, day.toString(), NAMED_DAYS);
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
        put(source.putObject("days"), days);
        put(source.putObject("ruleSets"), ruleSets);
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
        put(found, personalData);
        return found;
    }

    private static void count(Map<String, Long> counts, String name, int most) {
        boolean named = counts.containsKey(name) || counts.size() < most;
        counts.merge(named ? name : OTHERS, 1L, Long::sum);
    }

    private static void put(ObjectNode node, Map<String, Long> counts) {
        counts.forEach(node::put);
    }

    private static String text(UUID id) {
        return id == null ? null : id.toString();
    }
}
