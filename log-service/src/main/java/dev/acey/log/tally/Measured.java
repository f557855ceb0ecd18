package dev.acey.log.tally;

import java.time.Instant;

/**
 * What an entry is counted by; each but the first two may be missing.
 *
 * @param decision approved, modified, rejected or pending
 * @param findings how much the rules found
 * @param responseTime milliseconds
 * @param cost US dollars
 */
public record Measured(
        Instant at,
        boolean failed,
        String decision,
        Integer findings,
        Double confidence,
        Double responseTime,
        Double cost,
        Long promptTokens,
        Long completionTokens) {}
