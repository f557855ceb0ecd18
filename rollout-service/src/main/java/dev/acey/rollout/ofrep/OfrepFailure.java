package dev.acey.rollout.ofrep;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Ends an evaluation with an error as the protocol words it. */
class OfrepFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Code code;

    private OfrepFailure(int status, Code code, String details) {
        super(details, null, false, false);
        this.status = status;
        this.code = code;
    }

    /** OpenFeature's error codes, of those the protocol knows. */
    enum Code {
        PARSE_ERROR,
        INVALID_CONTEXT,
        TARGETING_KEY_MISSING,
        FLAG_NOT_FOUND
    }

    /**
     * The body of an error.
     *
     * @param key of the flag; missing where all flags were asked for
     * @param errorCode missing where the service, not the request, is at fault
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Body(String key, Code errorCode, String errorDetails) {}

    /** The request cannot be evaluated. */
    static OfrepFailure bad(Code code, String details) {
        return new OfrepFailure(400, code, details);
    }

    static OfrepFailure notFound(String details) {
        return new OfrepFailure(404, Code.FLAG_NOT_FOUND, details);
    }

    /** Worth trying again later. */
    static OfrepFailure unavailable(String details) {
        return new OfrepFailure(503, null, details);
    }

    int status() {
        return status;
    }

    Body body(String key) {
        return new Body(key, code, getMessage());
    }
}
