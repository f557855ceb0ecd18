package dev.acey.kit.problem;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** JSON that could not be read, in words a client can act on. */
public final class JsonProblems {

    private JsonProblems() {}

    /**
     * 400, with the place in the text for malformed JSON and the JSON Pointer for a wrong field.
     */
    public static Problem of(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return field(unknown, "there is no such field; did you misspell it?");
        }
        if (e instanceof UnstorableJsonException unstorable) {
            return unstorable(unstorable);
        }
        if (e instanceof ValueInstantiationException value
                && value.getCause() instanceof IllegalArgumentException reason) {
            return field(value, reason.getMessage());
        }
        if (e instanceof ValueInstantiationException value
                && value.getCause() instanceof ProblemException problem) {
            return problem.problem();
        }
        if (e instanceof InvalidFormatException format) {
            return field(format, expected(format.getTargetType()));
        }
        if (e instanceof MismatchedInputException mismatch
                && !(mismatch.getPath().isEmpty() && isNotOneDocument(mismatch))) {
            return field(mismatch, expected(mismatch.getTargetType()));
        }
        if (e instanceof JsonMappingException mapping
                && mapping.getCause() instanceof JsonProcessingException cause
                && !(cause instanceof JsonMappingException)) {
            return malformed(cause);
        }
        return malformed(e);
    }

    private static Problem unstorable(UnstorableJsonException e) {
        String parent = pointerOf(e.getPath());
        List<FieldError> errors =
                e.errors().stream()
                        .map(error -> new FieldError(parent + error.pointer(), error.detail()))
                        .toList();
        return Problem.of(400, "The request breaks a rule.", errors);
    }

    private static boolean isNotOneDocument(MismatchedInputException e) {
        String message = String.valueOf(e.getOriginalMessage());
        return message.startsWith("No content") || message.startsWith("Trailing token");
    }

    private static Problem malformed(JsonProcessingException e) {
        if (e instanceof StreamConstraintsException) {
            return Problem.of(400, "The JSON is nested too deeply or has too long a value.");
        }
        JsonLocation at = e.getLocation();
        String where =
                at == null || at.getLineNr() < 1
                        ? ""
                        : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        return Problem.of(400, "The body is not one JSON document: it breaks" + where + ".");
    }

    private static Problem field(JsonMappingException e, String rule) {
        return Problem.of(
                400,
                "The request breaks a rule.",
                List.of(new FieldError(pointerOf(e.getPath()), rule)));
    }

    private static String pointerOf(List<JsonMappingException.Reference> path) {
        String pointer = "";
        for (JsonMappingException.Reference step : path) {
            String name =
                    step.getFieldName() == null
                            ? String.valueOf(step.getIndex())
                            : step.getFieldName();
            pointer = FieldError.child(pointer, name);
        }
        return pointer;
    }

    private static String expected(Class<?> type) {
        if (type == null) {
            return "has the wrong type";
        }
        if (type.isEnum()) {
            return "must be one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(c -> ((Enum<?>) c).name().toLowerCase(java.util.Locale.ROOT))
                            .collect(Collectors.joining(", "));
        }
        if (Number.class.isAssignableFrom(type) || (type.isPrimitive() && type != boolean.class)) {
            return type == Integer.class || type == int.class || type == Long.class
                    ? "must be a whole number"
                    : "must be a number";
        }
        return switch (type.getSimpleName()) {
            case "Boolean", "boolean" -> "must be true or false";
            case "String" -> "must be a string";
            case "UUID" -> "must be a UUID";
            case "Instant" -> "must be a time in ISO 8601, such as 2026-01-15T04:05:06.123Z";
            case "List", "ArrayList", "Set" -> "must be an array";
            default -> "must be an object";
        };
    }
}
