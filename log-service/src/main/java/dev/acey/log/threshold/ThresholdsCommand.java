package dev.acey.log.threshold;

import dev.acey.kit.problem.FieldError;
import dev.acey.kit.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;

/** The {@link Thresholds} to change; what is missing stays as it is. */
@RegisterForReflection
public record ThresholdsCommand(
        Double errorRate,
        Double responseTime,
        Double confidenceDrop,
        Double rejectionRate,
        Integer minimumSample,
        Integer windowSeconds) {

    private static final int AN_HOUR_OF_MILLIS = 3_600_000;

    /** Throws 400 naming each field that breaks a rule. */
    public ThresholdsCommand {
        List<FieldError> errors = new ArrayList<>();
        check(errors, "errorRate", errorRate, 0, 1);
        check(errors, "responseTime", responseTime, 0, AN_HOUR_OF_MILLIS);
        check(errors, "confidenceDrop", confidenceDrop, 0, 1);
        check(errors, "rejectionRate", rejectionRate, 0, 1);
        check(errors, "minimumSample", minimumSample, 1, 1_000_000);
        check(errors, "windowSeconds", windowSeconds, 60, 86_400);
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }

    Thresholds over(Thresholds before) {
        return new Thresholds(
                errorRate == null ? before.errorRate() : errorRate,
                responseTime == null ? before.responseTime() : responseTime,
                confidenceDrop == null ? before.confidenceDrop() : confidenceDrop,
                rejectionRate == null ? before.rejectionRate() : rejectionRate,
                minimumSample == null ? before.minimumSample() : minimumSample,
                windowSeconds == null ? before.windowSeconds() : windowSeconds);
    }

    private static void check(
            List<FieldError> errors, String field, Number value, int min, int max) {
        if (value != null && !(value.doubleValue() >= min && value.doubleValue() <= max)) {
            errors.add(new FieldError("/" + field, "must be a number from " + min + " to " + max));
        }
    }
}
