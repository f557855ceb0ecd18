package dev.acey.gateway.calls;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;

/**
 * What log-service says of everything it stores. What it has no data for is null.
 *
 * @param totalLogs entries
 * @param taskTypes entries by task
 * @param decisions entries by decision
 * @param rejections entries that were rejected
 * @param p95ResponseTime milliseconds
 * @param averageConfidence 0 to 1
 * @param errorRate share of calls that failed, 0 to 1
 * @param oldest time of the oldest entry
 * @param newest time of the newest entry
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record LogStats(
        long totalLogs,
        Map<String, Long> taskTypes,
        Map<String, Long> decisions,
        Long rejections,
        Double p95ResponseTime,
        Double averageConfidence,
        Double errorRate,
        String oldest,
        String newest) {}
