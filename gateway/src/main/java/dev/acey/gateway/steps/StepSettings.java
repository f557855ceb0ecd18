package dev.acey.gateway.steps;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How workflows wait. */
@ConfigMapping(prefix = "acey.workflows")
public interface StepSettings {

    /** How often a workflow looks after a rollout or a training job it waits for. */
    @WithDefault("5s")
    @DurationMin(millis = 50)
    @DurationMax(hours = 1)
    Duration lookEvery();
}
