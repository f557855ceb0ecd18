package dev.acey.simulation.compare;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.problem.FieldError;
import dev.acey.simulation.output.SameJson;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The places where two JSON values differ, leaf by leaf, arrays by index. */
public final class Differences {

    /** More places than this are not listed. */
    static final int MOST = 1_000;

    /**
     * One place.
     *
     * @param pointer JSON Pointer (RFC 6901)
     * @param a what is there in the first; left out where nothing is
     * @param b what is there in the second; left out where nothing is
     */
    @RegisterForReflection
    public record Difference(
            String pointer,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) JsonNode a,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) JsonNode b) {}

    private Differences() {}

    /** The places in the order of their names, without those under {@code except}. */
    static List<Difference> of(JsonNode a, JsonNode b, String except) {
        List<Difference> found = new ArrayList<>();
        for (String name : names(a, b)) {
            if (!name.equals(except)) {
                collect(a.get(name), b.get(name), FieldError.child("", name), found);
            }
        }
        return found;
    }

    private static void collect(JsonNode a, JsonNode b, String pointer, List<Difference> found) {
        if (found.size() >= MOST || SameJson.same(a, b)) {
            return;
        }
        if (a != null && b != null && a.isObject() && b.isObject()) {
            for (String name : names(a, b)) {
                collect(a.get(name), b.get(name), FieldError.child(pointer, name), found);
            }
        } else if (a != null && b != null && a.isArray() && b.isArray()) {
            for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
                collect(a.get(i), b.get(i), pointer + "/" + i, found);
            }
        } else {
            found.add(new Difference(pointer, a, b));
        }
    }

    private static Set<String> names(JsonNode a, JsonNode b) {
        Set<String> names = new TreeSet<>();
        a.fieldNames().forEachRemaining(names::add);
        b.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
