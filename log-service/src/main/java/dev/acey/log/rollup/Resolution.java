package dev.acey.log.rollup;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** How finely the figures of a time are known. */
public enum Resolution {
    MINUTE(Duration.ofMinutes(1), Duration.ofDays(2)),
    TEN_MINUTES(Duration.ofMinutes(10), Duration.ofDays(2)),
    HOUR(Duration.ofHours(1), Duration.ofDays(90)),
    /** UTC days, known as long as their entries are kept. */
    DAY(Duration.ofDays(1), null);

    /** Roll-ups are kept for longer than they are read: a reader's clock may be another one. */
    private static final Duration MARGIN = Duration.ofDays(1);

    private final Duration length;
    private final Duration reach;

    Resolution(Duration length, Duration reach) {
        this.length = length;
        this.reach = reach;
    }

    /** The finest in which the figures of this time are known. */
    public static Resolution of(Instant time, Instant now) {
        return MINUTE.reaches(time, now) ? MINUTE : HOUR.reaches(time, now) ? HOUR : DAY;
    }

    /** Whether figures are known this finely for so old a time. */
    public boolean reaches(Instant time, Instant now) {
        return reach == null || !time.isBefore(now.minus(reach));
    }

    /** The last beginning that is not after the time. */
    public Instant floor(Instant time) {
        long seconds = length.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), seconds) * seconds);
    }

    /** The first beginning that is not before the time. */
    public Instant ceiling(Instant time) {
        Instant floor = floor(time);
        return floor.equals(time) ? floor : floor.plus(length);
    }

    /** How much time one of these is. */
    public Duration length() {
        return length;
    }

    /** The next finer; empty for the finest. */
    Optional<Resolution> finer() {
        return ordinal() == 0 ? Optional.empty() : Optional.of(values()[ordinal() - 1]);
    }

    String table() {
        return "rollup_" + name().toLowerCase(Locale.ROOT);
    }

    /** Whether a roll-up of this beginning is kept. */
    boolean keeps(Instant start, Instant now) {
        return keptSince(now).map(since -> !start.isBefore(since)).orElse(true);
    }

    /** Roll-ups that begin before this are not kept; empty where all are. */
    Optional<Instant> keptSince(Instant now) {
        return Optional.ofNullable(reach).map(kept -> now.minus(kept).minus(MARGIN));
    }
}
