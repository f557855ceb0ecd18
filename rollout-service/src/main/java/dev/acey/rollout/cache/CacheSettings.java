package dev.acey.rollout.cache;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** How much room the kept answers of all tasks have on a replica. */
@ConfigMapping(prefix = "acey.response-cache")
interface CacheSettings {

    /** Characters of answers, as JSON; what was used least recently goes first. */
    @WithDefault("16000000")
    @Min(1_000)
    @Max(4_000_000_000L)
    long maxCharacters();
}
