package dev.acey.kit.entry;

import dev.acey.kit.problem.FieldError;
import dev.acey.kit.problem.ProblemException;
import java.util.List;
import java.util.stream.Collectors;

/** What was sent is not a log entry: 400, naming every field that breaks a rule. */
public class InvalidEntryException extends ProblemException {

    private static final long serialVersionUID = 1L;

    public InvalidEntryException(List<FieldError> errors) {
        super(ProblemException.invalid(errors).problem());
    }

    /** All broken rules in one line, as bulk answers show them. */
    public String oneLine() {
        return problem().errors().stream()
                .map(e -> (e.pointer() + " " + e.detail()).strip())
                .collect(Collectors.joining("; "));
    }
}
