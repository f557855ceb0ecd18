package dev.acey.simulation.erasure;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What came of one step of an erasure.
 *
 * @param erased cases taken out in this step
 * @param cursor where the next step goes on; null after the last
 */
@RegisterForReflection
public record ErasedBatch(int erased, String cursor) {}
