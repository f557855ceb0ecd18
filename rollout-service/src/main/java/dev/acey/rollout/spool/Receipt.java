package dev.acey.rollout.spool;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;

/**
 * What log-service did with the lines of a body.
 *
 * @param accepted lines stored now
 * @param duplicates lines stored before
 * @param rejected lines it does not take
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record Receipt(long accepted, long duplicates, long rejected, List<LineError> errors) {

    Receipt {
        errors = errors == null ? List.of() : List.copyOf(errors);
    }

    /**
     * @param line counted from 1
     */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record LineError(long line, String detail) {}

    /** Why a line, counted from 1, was not taken; empty when it is stored. */
    Optional<String> refusal(int line) {
        return errors.stream().filter(e -> e.line() == line).map(LineError::detail).findFirst();
    }

    /**
     * @throws IllegalStateException unless it says of every line what became of it
     */
    void requireAllOf(int lines) {
        if (accepted + duplicates + rejected != lines || errors.size() != rejected) {
            throw new IllegalStateException(
                    "log-service answered for " + this + " where it was sent " + lines + " lines");
        }
    }
}
