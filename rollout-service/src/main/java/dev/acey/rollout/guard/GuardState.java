package dev.acey.rollout.guard;

import dev.acey.rollout.guard.evalue.SampleRatio;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * All the guard knows of a rollout so far. A value: it can be written as JSON and read again
 * without losing a bit, and its size has a bound. Only {@link Guard} makes new ones.
 *
 * @param total everything counted in the rollout
 */
@RegisterForReflection
public record GuardState(
        StageCounts stage,
        Sides total,
        OpenBlocks open,
        Evidence evidence,
        LimitsEvidence limits,
        SampleRatio sampleRatio) {}
