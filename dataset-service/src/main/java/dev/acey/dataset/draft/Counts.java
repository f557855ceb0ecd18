package dev.acey.dataset.draft;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/** How often each name came. Beyond so many names the others are counted together. */
final class Counts {

    private static final String OTHERS = "others";

    private final Map<String, long[]> counts = new TreeMap<>();
    private final int most;
    private String last;
    private long[] ofLast;

    Counts(int most) {
        this.most = most;
    }

    /** Cheapest for the name that came last. */
    void add(String name) {
        if (!name.equals(last)) {
            boolean named = counts.containsKey(name) || counts.size() < most;
            ofLast = counts.computeIfAbsent(named ? name : OTHERS, n -> new long[1]);
            last = name;
        }
        ofLast[0]++;
    }

    /** Puts each name with its count, in the order of the names. */
    void putInto(ObjectNode node) {
        counts.forEach((name, count) -> node.put(name, count[0]));
    }
}
