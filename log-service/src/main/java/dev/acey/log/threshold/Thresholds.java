package dev.acey.log.threshold;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What is too much, for each task and variant of the live traffic.
 *
 * @param errorRate share of calls that failed, 0 to 1
 * @param responseTime 95th percentile in milliseconds, 0 to an hour
 * @param confidenceDrop how far the mean confidence may fall below that of the task's previous UTC
 *     day, 0 to 1
 * @param rejectionRate share of calls whose output was rejected, 0 to 1
 * @param minimumSample calls below which a figure says nothing, 1 to 1,000,000
 * @param windowSeconds over how much of the latest time figures are taken, 60 to 86,400
 */
@RegisterForReflection
public record Thresholds(
        double errorRate,
        double responseTime,
        double confidenceDrop,
        double rejectionRate,
        int minimumSample,
        int windowSeconds) {}
