package dev.acey.rollout.shadow;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** How much shadow traffic there is room for. */
@ConfigMapping(prefix = "acey.shadow")
interface ShadowSettings {

    /** Calls under way. */
    @WithDefault("16")
    @Min(1)
    @Max(1_000)
    int concurrency();

    /** Calls that wait; more are dropped. */
    @WithDefault("200")
    @Min(0)
    @Max(100_000)
    int queue();
}
