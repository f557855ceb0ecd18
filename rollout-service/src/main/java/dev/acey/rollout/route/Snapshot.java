package dev.acey.rollout.route;

import dev.acey.rollout.task.TaskSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All that routing knows, as it was in the database at one moment.
 *
 * @param version of the settings
 * @param confirmedAt when this was last known to be what the database holds
 */
record Snapshot(long version, Instant confirmedAt, Map<String, TaskSettings> tasks) {

    /** A snapshot that could not be confirmed for longer routes to the baseline. */
    static final Duration FRESH = Duration.ofSeconds(60);

    static Snapshot of(long version, Instant confirmedAt, List<TaskSettings> tasks) {
        return new Snapshot(
                version,
                confirmedAt,
                tasks.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        TaskSettings::taskType, Function.identity())));
    }

    Snapshot confirmed(Instant at) {
        return new Snapshot(version, at, tasks);
    }

    /**
     * Decides. The same snapshot, task, key and freshness give the same route.
     *
     * @param key the stickiness key, or null
     * @return empty while no model serves the task
     */
    Optional<Route> route(String taskType, String key, Instant now) {
        TaskSettings task = tasks.get(taskType);
        if (task == null || task.baseline() == null) {
            return Optional.empty();
        }
        if (now.isAfter(confirmedAt.plus(FRESH))) {
            return Optional.of(baseline(task, Route.Reason.STALE));
        }
        String pinned = key == null ? null : task.overrides().get(key);
        if (pinned == null) {
            return Optional.of(baseline(task, Route.Reason.NO_ROLLOUT));
        }
        Route.Variant variant =
                pinned.equals(task.candidate()) ? Route.Variant.CANDIDATE : Route.Variant.BASELINE;
        return Optional.of(new Route(variant, pinned, Route.Reason.OVERRIDE));
    }

    private static Route baseline(TaskSettings task, Route.Reason reason) {
        return new Route(Route.Variant.BASELINE, task.baseline(), reason);
    }
}
