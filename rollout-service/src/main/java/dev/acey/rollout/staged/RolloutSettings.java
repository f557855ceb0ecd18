package dev.acey.rollout.staged;

import dev.acey.rollout.plan.Stage;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How a rollout is watched; one that has begun keeps what it began with. Checked at the start. */
@Startup
@Singleton
class RolloutSettings {

    private final int tickSeconds;
    private final int lateSeconds;
    private final int slowMillis;
    private final int stageSeconds;

    /**
     * @param tickSeconds the calls of so many seconds are looked at together, 1 to 60
     * @param lateSeconds a tick is read at its end, plus the models' time-out, plus so many
     *     seconds, 1 to 600
     * @param slowMillis a call that takes longer is slow, 1 to 600,000; the guide's response time
     *     threshold unless said
     * @param stageSeconds how long a stage lasts at least where a rollout names no stages of its
     *     own, 1 to 86,400
     */
    RolloutSettings(
            @ConfigProperty(name = "acey.rollout.tick-seconds", defaultValue = "10")
                    int tickSeconds,
            @ConfigProperty(name = "acey.rollout.late-seconds", defaultValue = "30")
                    int lateSeconds,
            @ConfigProperty(name = "acey.rollout.slow-millis", defaultValue = "2000")
                    int slowMillis,
            @ConfigProperty(name = "acey.rollout.stage-seconds", defaultValue = "600")
                    int stageSeconds) {
        this.tickSeconds = within("acey.rollout.tick-seconds", tickSeconds, 60);
        this.lateSeconds = within("acey.rollout.late-seconds", lateSeconds, 600);
        this.slowMillis = within("acey.rollout.slow-millis", slowMillis, 600_000);
        this.stageSeconds = within("acey.rollout.stage-seconds", stageSeconds, Stage.MAX_SECONDS);
    }

    int tickSeconds() {
        return tickSeconds;
    }

    int lateSeconds() {
        return lateSeconds;
    }

    int slowMillis() {
        return slowMillis;
    }

    int stageSeconds() {
        return stageSeconds;
    }

    private static int within(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(
                    "%s must be 1 to %d, not %d".formatted(name, most, value));
        }
        return value;
    }
}
