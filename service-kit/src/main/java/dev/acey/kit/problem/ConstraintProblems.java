package dev.acey.kit.problem;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.Comparator;
import java.util.List;

/** Bean Validation's violations as field errors. */
final class ConstraintProblems {

    private ConstraintProblems() {}

    static Problem of(ConstraintViolationException e) {
        List<FieldError> errors =
                e.getConstraintViolations().stream()
                        .map(v -> new FieldError(pointerOf(v), v.getMessage()))
                        .sorted(
                                Comparator.comparing(FieldError::pointer)
                                        .thenComparing(FieldError::detail))
                        .toList();
        return Problem.of(400, "The request breaks a rule.", errors);
    }

    /** Leaves out the method and its body parameter, which a client knows nothing of. */
    private static String pointerOf(ConstraintViolation<?> violation) {
        String pointer = "";
        boolean belowParameter = false;
        String parameter = "";
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.getKind() == ElementKind.METHOD) {
                continue;
            }
            if (node.getKind() == ElementKind.PARAMETER) {
                parameter = node.getName();
                continue;
            }
            belowParameter = true;
            if (node.getIndex() != null) {
                pointer += "/" + node.getIndex();
            } else if (node.getKey() != null) {
                pointer = FieldError.child(pointer, String.valueOf(node.getKey()));
            }
            if (node.getKind() == ElementKind.PROPERTY) {
                pointer = FieldError.child(pointer, node.getName());
            }
        }
        return belowParameter ? pointer : "/" + parameter;
    }
}
