package dev.acey.log.rollup;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** How finely the figures of a time are known. */
public enum Resolution {
    MINUTE(ChronoUnit.MINUTES, Duration.ofDays(2)),
    HOUR(ChronoUnit.HOURS, Duration.ofDays(90)),
    /** UTC days, known as long as their entries are kept. */
    DAY(ChronoUnit.DAYS, null);

    /** Roll-ups are kept for longer than they are read: a reader's clock may be another one. */
    private static final Duration MARGIN = Duration.ofDays(1);

    private final ChronoUnit unit;
    private final Duration reach;

    Resolution(ChronoUnit unit, Duration reach) {
        this.unit = unit;
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
        return time.truncatedTo(unit);
    }

    /** The first beginning that is not before the time. */
    public Instant ceiling(Instant time) {
        Instant floor = floor(time);
        return floor.equals(time) ? floor : floor.plus(1, unit);
    }

    /** How much time one of these is. */
    public Duration length() {
        return unit.getDuration();
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
