package dev.acey.log.alert;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * An alert as it is answered and as its events tell it.
 *
 * @param rule errorRate, responseTime, confidenceDrop or rejectionRate
 * @param variant baseline, candidate, or null for calls that no route assigned
 * @param state firing or resolved
 * @param value the figure when it fired; of a resolved one, when it was resolved
 * @param threshold the one that was crossed
 * @param since when it fired
 * @param resolvedAt null while it fires
 * @param reason why it was resolved: recovered, or noData after an hour with too few calls to tell
 */
@RegisterForReflection
public record AlertView(
        UUID id,
        String rule,
        String taskType,
        String variant,
        String state,
        double value,
        double threshold,
        Instant since,
        Instant resolvedAt,
        String reason) {

    static AlertView of(Alert alert) {
        Subject subject = alert.subject();
        return new AlertView(
                alert.id(),
                subject.rule().json(),
                subject.taskType(),
                subject.variant().isEmpty() ? null : subject.variant(),
                alert.state().name().toLowerCase(Locale.ROOT),
                alert.value(),
                alert.threshold(),
                alert.since(),
                alert.resolvedAt(),
                alert.reason() == null ? null : alert.reason().json());
    }
}
