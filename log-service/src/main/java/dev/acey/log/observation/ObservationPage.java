package dev.acey.log.observation;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * Some observations, oldest first.
 *
 * @param next where to go on from, also when there were none
 */
@RegisterForReflection
public record ObservationPage(List<Observation> observations, String next) {}
