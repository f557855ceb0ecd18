package dev.acey.dataset.draft;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.example.DropReason;
import dev.acey.kit.entry.LogEntry;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** What went into one dataset, counted. Every entry read is kept or dropped for one reason. */
final class Tally {

    private static final int NAMED_RULE_SETS = 100;
    private static final String OTHERS = "others";

    private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
    private final Map<String, Long> ruleSets = new TreeMap<>();
    private long read;
    private long kept;
    private long reviewed;
    private long intentsLeftOut;
    private UUID first;
    private UUID last;

    void read(LogEntry entry) {
        read++;
        first = first == null ? entry.id() : first;
        last = entry.id();
        if (entry.autoRules() != null && entry.autoRules().ruleSet() != null) {
            String ruleSet = entry.autoRules().ruleSet();
            boolean named = ruleSets.containsKey(ruleSet) || ruleSets.size() < NAMED_RULE_SETS;
            ruleSets.merge(named ? ruleSet : OTHERS, 1L, Long::sum);
        }
    }

    void drop(DropReason reason) {
        dropped.merge(reason, 1L, Long::sum);
    }

    void keep(boolean byPerson, boolean leavesOutIntents) {
        kept++;
        reviewed += byPerson ? 1 : 0;
        intentsLeftOut += leavesOutIntents ? 1 : 0;
    }

    long read() {
        return read;
    }

    long kept() {
        return kept;
    }

    Dropped dropped() {
        return Dropped.of(dropped);
    }

    /** Where the examples came from, as the manifest says it. */
    ObjectNode source() {
        ObjectNode source = JsonNodeFactory.instance.objectNode();
        source.put("read", read)
                .put("firstLogId", text(first))
                .put("lastLogId", text(last))
                .set("ruleSets", JsonNodeFactory.instance.objectNode());
        ruleSets.forEach((hash, count) -> source.withObject("/ruleSets").put(hash, count));
        return source;
    }

    /** What the reasons a client sees as {@code invalid} were. */
    ObjectNode invalid() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("failedCall", dropped.getOrDefault(DropReason.FAILED_CALL, 0L))
                .put("notLive", dropped.getOrDefault(DropReason.NOT_LIVE, 0L))
                .put("notConvertible", dropped.getOrDefault(DropReason.NOT_CONVERTIBLE, 0L));
    }

    /** What is known of the examples that were kept. */
    ObjectNode examples() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("reviewedByPerson", reviewed)
                .put("intentsLeftOut", intentsLeftOut);
    }

    private static String text(UUID id) {
        return id == null ? null : id.toString();
    }
}
