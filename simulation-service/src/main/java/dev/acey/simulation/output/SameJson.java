package dev.acey.simulation.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.Objects;

/** Whether two JSON values say the same: numbers by what they are worth, 1 like 1.0. */
public final class SameJson {

    private static final Comparator<JsonNode> BY_WORTH =
            (a, b) ->
                    (a.isNumber() && b.isNumber())
                            ? Double.compare(a.doubleValue(), b.doubleValue())
                            : a.equals(b) ? 0 : 1;

    private SameJson() {}

    /** A missing value (null here) is the same as another missing one only. */
    public static boolean same(JsonNode a, JsonNode b) {
        return (a == null || b == null) ? Objects.equals(a, b) : a.equals(BY_WORTH, b);
    }
}
