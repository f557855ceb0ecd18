package dev.acey.dataset.validate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.problem.FieldError;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** An object in a line, and what is wrong with it. */
record Fields(JsonNode object, String pointer, List<FieldError> errors) {

    /** Whether it is an object that has all of these fields, and none but these and those. */
    boolean has(Set<String> required, Set<String> optional) {
        int before = errors.size();
        if (!object.isObject()) {
            refuse("must be an object");
            return false;
        }
        for (String name : required) {
            if (!object.has(name)) {
                refuse(name, "is required");
            }
        }
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!required.contains(name) && !optional.contains(name)) {
                refuse(name, "is not part of the format");
            }
        }
        return errors.size() == before;
    }

    /** The field must be a text. */
    boolean isText(String name) {
        if (object.path(name).isTextual()) {
            return true;
        }
        refuse(name, "must be a string");
        return false;
    }

    /** The field must be a text that says something. */
    void saysSomething(String name) {
        if (isText(name) && object.path(name).textValue().isBlank()) {
            refuse(name, "must not be empty");
        }
    }

    /** The field must be one of these texts. */
    void isOneOf(String name, Set<String> values) {
        if (!object.path(name).isTextual() || !values.contains(object.path(name).textValue())) {
            refuse(name, "must be one of " + String.join(", ", values.stream().sorted().toList()));
        }
    }

    Fields inside(String name) {
        return new Fields(object.path(name), FieldError.child(pointer, name), errors);
    }

    Fields item(int index) {
        return new Fields(object.path(index), pointer + "/" + index, errors);
    }

    void refuse(String name, String rule) {
        errors.add(new FieldError(FieldError.child(pointer, name), rule));
    }

    void refuse(String rule) {
        errors.add(new FieldError(pointer, rule));
    }
}
