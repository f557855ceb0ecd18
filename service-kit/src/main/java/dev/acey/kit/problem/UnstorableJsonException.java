package dev.acey.kit.problem;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.util.List;

/**
 * JSON that reads well and that nothing could hold; half a surrogate pair, or a number beyond a
 * double.
 */
public class UnstorableJsonException extends JsonMappingException {

    private static final long serialVersionUID = 1L;

    private final transient List<FieldError> errors;

    public UnstorableJsonException(JsonParser in, List<FieldError> errors) {
        super(in, errors.get(0).detail());
        this.errors = List.copyOf(errors);
    }

    /** What is wrong, with pointers below the place that {@link #getPath()} names. */
    public List<FieldError> errors() {
        return errors;
    }
}
