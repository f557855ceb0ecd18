package dev.acey.gateway.calls;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What alerts are measured by.
 *
 * @param errorRate share of failed calls, 0 to 1
 * @param responseTime 95th percentile in milliseconds
 * @param confidenceDrop against the day before, 0 to 1
 * @param rejectionRate share of rejected outputs, 0 to 1
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record Thresholds(
        double errorRate, double responseTime, double confidenceDrop, double rejectionRate) {}
