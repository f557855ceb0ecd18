package dev.acey.simulation.verdict;

import dev.acey.simulation.drift.Drift;
import dev.acey.simulation.drift.ReferenceTest;
import dev.acey.simulation.drift.StyleReference;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * How far the candidate's voice is from the one that was pinned, which shows what many small steps
 * from release to release add up to. {@code baseline} in its features is the reference.
 *
 * @param overall all tasks with a reference together; the task's own where there is one
 * @param tasks each task with a reference by itself
 */
@RegisterForReflection
public record ReferenceDrift(Drift overall, Map<String, Drift> tasks) {

    /** Empty where none of the tasks has a reference. */
    static Optional<ReferenceDrift> of(
            Map<String, StyleReference> references,
            Map<String, Tally> tallies,
            long seed,
            BooleanSupplier cancelled) {
        Map<String, ReferenceTest.Task> pinned = new TreeMap<>();
        references.forEach(
                (task, reference) -> {
                    Tally tally = tallies.get(task);
                    if (tally != null && tally.candidates > 0) {
                        pinned.put(task, new ReferenceTest.Task(reference, tally.style));
                    }
                });
        if (pinned.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Drift> tasks = new TreeMap<>();
        pinned.forEach(
                (task, one) -> tasks.put(task, ReferenceTest.of(List.of(one), seed, cancelled)));
        Drift overall =
                tasks.size() == 1
                        ? tasks.values().iterator().next()
                        : ReferenceTest.of(List.copyOf(pinned.values()), seed, cancelled);
        return Optional.of(new ReferenceDrift(overall, tasks));
    }
}
