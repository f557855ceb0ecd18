package dev.acey.gateway.events;

import dev.acey.kit.problem.FieldError;
import dev.acey.kit.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which events somebody wants.
 *
 * @param patterns names of events, such as {@code alert.firing}, or beginnings of names with a star
 *     at their end, such as {@code alert.*}
 */
public record EventFilter(List<String> patterns) {

    public static final EventFilter ALL = new EventFilter(List.of("*"));

    private static final int MOST = 50;
    private static final Pattern FORM =
            Pattern.compile(
                    "(?=.{1,64}$)(\\*|[a-z][A-Za-z0-9_]*(\\.[a-z][A-Za-z0-9_]*)*(\\.?\\*)?)");

    /**
     * The filter, or 400.
     *
     * @param pointer where the patterns stand in the request
     */
    public static EventFilter of(List<String> patterns, String pointer) {
        if (patterns == null || patterns.isEmpty() || patterns.size() > MOST) {
            throw ProblemException.invalid(pointer, "must name 1 to " + MOST + " events");
        }
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < patterns.size(); i++) {
            String pattern = patterns.get(i);
            if (pattern == null || !FORM.matcher(pattern).matches()) {
                errors.add(
                        new FieldError(
                                pointer + "/" + i,
                                "must be a name such as alert.firing, or end in a star such as"
                                        + " alert.*"));
            }
        }
        if (errors.isEmpty() && new HashSet<>(patterns).size() < patterns.size()) {
            errors.add(new FieldError(pointer, "names an event twice"));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return new EventFilter(List.copyOf(patterns));
    }

    public boolean matches(String type) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, type));
    }

    private static boolean matches(String pattern, String type) {
        return pattern.endsWith("*")
                ? type.startsWith(pattern.substring(0, pattern.length() - 1))
                : type.equals(pattern);
    }
}
