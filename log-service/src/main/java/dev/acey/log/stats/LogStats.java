package dev.acey.log.stats;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Map;

/**
 * Figures over stored entries. Counts are of all of them; averages, the quantile, the cost and the
 * error rate are of live traffic alone, and null where there is nothing to take them of.
 *
 * @param taskTypes how many of each task type
 * @param decisions how many of each of the four decisions
 * @param autoRuleApplications entries in which a rule found something
 * @param rejections entries whose decision is rejected
 * @param averageResponseTime milliseconds
 * @param p95ResponseTime milliseconds that 95 % of the calls did not exceed, within 1 % or 0.1 ms
 * @param totalCost US dollars
 * @param averageConfidence of the entries that have one
 * @param errorRate share of calls that failed
 * @param storageBytes all that entries and what finds them take on disk, whatever the time asked
 *     for, as of some seconds ago
 * @param retentionDays days an entry is kept
 */
@RegisterForReflection
public record LogStats(
        long totalLogs,
        Map<String, Long> taskTypes,
        Map<String, Long> decisions,
        long autoRuleApplications,
        long rejections,
        Double averageResponseTime,
        Double p95ResponseTime,
        double totalCost,
        Double averageConfidence,
        Double errorRate,
        Instant oldest,
        Instant newest,
        long storageBytes,
        Integer retentionDays) {}
