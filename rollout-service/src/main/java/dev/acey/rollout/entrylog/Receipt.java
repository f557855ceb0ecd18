package dev.acey.rollout.entrylog;

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
public record Receipt(long accepted, long duplicates, long rejected, List<LineError> errors) {

    public Receipt {
        errors = errors == null ? List.of() : List.copyOf(errors);
    }

    /**
     * @param line counted from 1
     */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record LineError(long line, String detail) {}

    /** Why a line, counted from 1, was not taken; empty when it is stored. */
    public Optional<String> refusal(int line) {
        return errors.stream().filter(e -> e.line() == line).map(LineError::detail).findFirst();
    }
}
