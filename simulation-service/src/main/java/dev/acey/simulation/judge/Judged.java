package dev.acey.simulation.judge;

import dev.acey.simulation.statistics.Interval;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What a judge model prefers.
 *
 * @param model its registered name
 * @param pairs of answers there were to judge
 * @param candidate pairs that the candidate wins in both orders
 * @param baseline pairs that the baseline wins in both orders
 * @param ties pairs it calls equal, and those it judges otherwise in the other order
 * @param unreadable pairs on which it gave no opinion, in one order at least
 * @param positionConsistency share of the pairs read on which both orders agree; null without any
 * @param difference the share the candidate wins less that the baseline wins; null likewise
 * @param interval of the difference, 95 %; null likewise
 */
@RegisterForReflection
public record Judged(
        String model,
        int pairs,
        int candidate,
        int baseline,
        int ties,
        int unreadable,
        Double positionConsistency,
        Double difference,
        Interval interval) {}
