package dev.acey.simulation.impact;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.acey.simulation.sample.Window;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What an impact's job is given. */
@RegisterForReflection
record ImpactOrder(
        @JsonProperty("ruleSet") String ruleSet, @JsonProperty("window") Window window) {}
