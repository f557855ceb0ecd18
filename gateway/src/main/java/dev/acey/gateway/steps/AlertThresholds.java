package dev.acey.gateway.steps;

import dev.acey.gateway.calls.Thresholds;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;

/**
 * What is too much; where nothing is given, the guide's figure.
 *
 * @param errorRate share of failed calls, 0 to 1
 * @param responseTime 95th percentile in milliseconds, up to an hour
 * @param confidenceDrop against the day before, 0 to 1
 * @param rejectionRate share of rejected outputs, 0 to 1
 */
@RegisterForReflection
public record AlertThresholds(
        @DecimalMin("0") @DecimalMax("1") Double errorRate,
        @DecimalMin("0") @DecimalMax("3600000") Double responseTime,
        @DecimalMin("0") @DecimalMax("1") Double confidenceDrop,
        @DecimalMin("0") @DecimalMax("1") Double rejectionRate) {

    public AlertThresholds {
        errorRate = or(errorRate, 0.05);
        responseTime = or(responseTime, 2000);
        confidenceDrop = or(confidenceDrop, 0.1);
        rejectionRate = or(rejectionRate, 0.2);
    }

    Thresholds toSet() {
        return new Thresholds(errorRate, responseTime, confidenceDrop, rejectionRate);
    }

    private static double or(Double given, double otherwise) {
        return given == null ? otherwise : given;
    }
}
