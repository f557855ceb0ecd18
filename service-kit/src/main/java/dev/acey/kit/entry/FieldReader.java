package dev.acey.kit.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.problem.FieldError;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Reads the fields of one JSON object and remembers every rule that one of them breaks. A missing
 * field and a null are the same: the reader gives null.
 */
final class FieldReader {

    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private final ObjectNode object;
    private final String pointer;
    private final List<FieldError> errors;

    FieldReader(ObjectNode object) {
        this(object, "", new ArrayList<>());
    }

    FieldReader(ObjectNode object, String pointer, List<FieldError> errors) {
        this.object = object;
        this.pointer = pointer;
        this.errors = errors;
    }

    List<FieldError> errors() {
        return errors;
    }

    /** The object that is read. */
    ObjectNode self() {
        return object;
    }

    void refuse(String field, String rule) {
        errors.add(new FieldError(FieldError.child(pointer, field), rule));
    }

    JsonNode any(String field) {
        JsonNode value = object.get(field);
        return value == null || value.isNull() ? null : value;
    }

    ObjectNode object(String field) {
        JsonNode value = any(field);
        if (value == null || value instanceof ObjectNode) {
            return (ObjectNode) value;
        }
        refuse(field, "must be an object");
        return null;
    }

    /** A reader of the object in this field; an empty one when there is none. */
    FieldReader inside(String field) {
        ObjectNode value = object(field);
        return new FieldReader(
                value == null ? object.objectNode() : value,
                FieldError.child(pointer, field),
                errors);
    }

    String text(String field, int maxLength) {
        JsonNode value = any(field);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            refuse(field, "must be a string");
            return null;
        }
        if (value.textValue().length() > maxLength) {
            refuse(field, "must be at most " + maxLength + " characters");
            return null;
        }
        return value.textValue();
    }

    String oneOf(String field, Set<String> allowed) {
        String value = text(field, 64);
        if (value != null && !allowed.contains(value)) {
            refuse(field, "must be one of " + String.join(", ", allowed));
            return null;
        }
        return value;
    }

    Double number(String field, double min, double max) {
        JsonNode value = any(field);
        if (value == null) {
            return null;
        }
        if (!value.isNumber() || value.doubleValue() < min || value.doubleValue() > max) {
            refuse(field, "must be a number from " + plain(min) + " to " + plain(max));
            return null;
        }
        return value.doubleValue();
    }

    Long wholeNumber(String field, long min, long max) {
        Double value = number(field, min, max);
        if (value != null && value != Math.rint(value)) {
            refuse(field, "must be a whole number");
            return null;
        }
        return value == null ? null : Long.valueOf(value.longValue());
    }

    Instant time(String field) {
        String value = text(field, 64);
        if (value == null) {
            return null;
        }
        try {
            Instant time = Instant.parse(value).truncatedTo(ChronoUnit.MILLIS);
            if (!time.isBefore(EARLIEST) && time.isBefore(LATEST)) {
                return time;
            }
            refuse(field, "must be of the years 1970 to 9999");
            return null;
        } catch (DateTimeParseException e) {
            refuse(field, "must be a time in ISO 8601 UTC, such as 2026-01-15T04:05:06.123Z");
            return null;
        }
    }

    UUID timeOrderedId(String field) {
        String value = text(field, 64);
        if (value == null) {
            return null;
        }
        if (UUID_FORM.matcher(value).matches()) {
            UUID id = UUID.fromString(value);
            if (id.version() == 7 && id.variant() == 2) {
                return id;
            }
        }
        refuse(field, "must be a UUIDv7");
        return null;
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }
}
