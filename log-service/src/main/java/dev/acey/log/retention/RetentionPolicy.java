package dev.acey.log.retention;

import dev.acey.log.store.Days;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * How long what is stored is kept, in days of 24 hours.
 *
 * @param logRetentionDays of entries, 1 to 3650
 * @param payloadRetentionDays of their payloads, at most as long
 * @param archiveRetentionDays of archived days
 * @param droppedBefore entries of earlier days are gone and are not taken again
 */
@RegisterForReflection
public record RetentionPolicy(
        int logRetentionDays,
        int payloadRetentionDays,
        int archiveRetentionDays,
        LocalDate droppedBefore) {

    public RetentionPolicy {
        payloadRetentionDays = Math.min(payloadRetentionDays, logRetentionDays);
    }

    /** The oldest timestamp an entry may come with. */
    public Instant oldest(Instant now) {
        Instant byAge = now.minus(Duration.ofDays(logRetentionDays));
        Instant byDay = droppedBefore.atStartOfDay(ZoneOffset.UTC).toInstant();
        return byAge.isAfter(byDay) ? byAge : byDay;
    }

    /** The first day whose payloads are not all past their time. */
    LocalDate firstPayloadDay(Instant now) {
        LocalDate byAge = Days.of(now).minusDays(payloadRetentionDays);
        return byAge.isAfter(droppedBefore) ? byAge : droppedBefore;
    }
}
