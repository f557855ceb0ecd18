package dev.acey.gateway.workflow;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

/** Starts a workflow. */
@RegisterForReflection
public record StartCommand(@NotNull @Valid WorkflowSettings config) {}
