package dev.acey.kit.page;

import dev.acey.kit.problem.ProblemException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Reads query parameters that arrive as text. A missing or empty one is null; one that breaks its
 * rule is a 400 that names it (JAX-RS itself would answer 404).
 */
public final class Query {

    public static final int DEFAULT_LIMIT = 100;
    public static final int MAX_LIMIT = 1_000;

    private static final Pattern POSITION = Pattern.compile("[0-9]{1,18}");

    private Query() {}

    /** 1 to 1000, 100 when missing. */
    public static int limit(String value) {
        Double limit = number("limit", value, 1, MAX_LIMIT);
        if (limit != null && limit != Math.rint(limit)) {
            throw ProblemException.invalid("/limit", "must be a whole number");
        }
        return limit == null ? DEFAULT_LIMIT : limit.intValue();
    }

    /** A place in a list that is counted: 0, the beginning, when missing. */
    public static long position(String name, String value) {
        if (value == null || value.isEmpty()) {
            return 0;
        }
        if (!POSITION.matcher(value).matches()) {
            throw ProblemException.invalid(
                    "/" + name, "must be a whole number of 18 digits at most");
        }
        return Long.parseLong(value);
    }

    public static Double number(String name, String value, double min, double max) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        try {
            double number = Double.parseDouble(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw outside(name, min, max);
        }
        throw outside(name, min, max);
    }

    /** A time in ISO 8601, or a date, which is its first instant in UTC. */
    public static Instant time(String name, String value) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        try {
            return value.length() == 10
                    ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw ProblemException.invalid(
                    "/" + name, "must be a time in ISO 8601, such as 2026-01-15T04:05:06.123Z");
        }
    }

    public static String oneOf(String name, String value, Set<String> allowed) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        if (!allowed.contains(value)) {
            throw ProblemException.invalid(
                    "/" + name, "must be one of " + String.join(", ", allowed));
        }
        return value;
    }

    /** The UUID in a path. Text that is none names nothing: 404. */
    public static UUID idInPath(String value, String what) {
        try {
            UUID id = UUID.fromString(value);
            if (id.toString().equalsIgnoreCase(value)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            throw ProblemException.notFound("There is no " + what + " " + value + ".");
        }
        throw ProblemException.notFound("There is no " + what + " " + value + ".");
    }

    private static ProblemException outside(String name, double min, double max) {
        return ProblemException.invalid(
                "/" + name, "must be a number from " + plain(min) + " to " + plain(max));
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : "" + number;
    }
}
