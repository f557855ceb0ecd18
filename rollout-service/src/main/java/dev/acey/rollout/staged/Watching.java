package dev.acey.rollout.staged;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.acey.rollout.guard.GuardSettings;
import dev.acey.rollout.guard.History;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * What one rollout is watched by, from its beginning to its end.
 *
 * @param tickSeconds 1 to 60
 * @param lateSeconds 1 to 600
 * @param upstreamMillis the longer time-out of the two models
 * @param slowMillis from where on a call is slow
 * @param models a hash of where each model was called and by what name, by its own name
 * @param guard what the guard decides by
 * @param history the task's calls before the rollout
 */
@RegisterForReflection
public record Watching(
        int tickSeconds,
        int lateSeconds,
        int upstreamMillis,
        int slowMillis,
        Map<String, String> models,
        GuardSettings guard,
        History history) {

    /** The number of the tick that this moment lies in: ticks are counted from 1970. */
    public long tickOf(Instant moment) {
        return Math.floorDiv(moment.getEpochSecond(), (long) tickSeconds);
    }

    /** The first moment of a tick. */
    public Instant startOf(long tick) {
        return Instant.ofEpochSecond(tick * tickSeconds);
    }

    /** From when on a tick can be read: what comes later is late. */
    public Instant readableAt(long tick) {
        return startOf(tick + 1).plus(lag());
    }

    /** How long, in whole seconds, a stage has lasted at the end of a tick. */
    public Duration elapsed(Instant since, long tick) {
        // What a document can say of a time: its reader must get the same seconds.
        Instant told = since.truncatedTo(ChronoUnit.MILLIS);
        Duration elapsed = Duration.between(told, startOf(tick + 1));
        return Duration.ofSeconds(Math.max(0, elapsed.getSeconds()));
    }

    /** From a tick's end to its reading. */
    @JsonIgnore
    public Duration lag() {
        return Duration.ofMillis(upstreamMillis).plusSeconds(lateSeconds);
    }
}
