package dev.acey.gateway.calls;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** Rollouts, newest first. */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record RolloutPage(List<Rollout> rollouts) {}
