package dev.acey.rollout.route;

import dev.acey.rollout.flag.FlagSettings;
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
public record Snapshot(
        long version,
        Instant confirmedAt,
        Map<String, TaskSettings> tasks,
        Map<String, FlagSettings> flags) {

    /** A snapshot that could not be confirmed for longer routes to the baseline. */
    static final Duration FRESH = Duration.ofSeconds(60);

    static Snapshot of(
            long version, Instant confirmedAt, List<TaskSettings> tasks, List<FlagSettings> flags) {
        return new Snapshot(
                version,
                confirmedAt,
                tasks.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        TaskSettings::taskType, Function.identity())),
                flags.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        FlagSettings::taskType, Function.identity())));
    }

    Snapshot confirmed(Instant at) {
        return new Snapshot(version, at, tasks, flags);
    }

    /**
     * Also a snapshot that a clock set back calls confirmed in a minute to come is not believed.
     */
    boolean isFresh(Instant now) {
        return Duration.between(confirmedAt, now).abs().compareTo(FRESH) <= 0;
    }

    /**
     * Decides. The same snapshot, task, key and freshness give the same route.
     *
     * @param key the stickiness key
     * @return empty while no model serves the task
     */
    public Optional<Route> route(String taskType, String key, Instant now) {
        TaskSettings task = tasks.get(taskType);
        if (task == null || task.baseline() == null) {
            return Optional.empty();
        }
        return Optional.of(route(task, flags.get(taskType), key, now));
    }

    private Route route(TaskSettings task, FlagSettings flag, String key, Instant now) {
        if (!isFresh(now)) {
            return baseline(task, Route.Reason.STALE, null);
        }
        if (flag != null && flag.killed()) {
            return baseline(task, Route.Reason.KILLED, null);
        }
        String pinned = task.overrides().get(key);
        if (pinned != null) {
            String candidate = flag == null ? task.candidate() : flag.candidate();
            Route.Variant variant =
                    pinned.equals(candidate) ? Route.Variant.CANDIDATE : Route.Variant.BASELINE;
            return new Route(variant, pinned, Route.Reason.OVERRIDE, task.baseline(), null);
        }
        if (flag == null) {
            return baseline(task, Route.Reason.NO_ROLLOUT, null);
        }
        return Buckets.of(flag.salt(), key) < flag.weight()
                ? new Route(
                        Route.Variant.CANDIDATE,
                        flag.candidate(),
                        Route.Reason.SPLIT,
                        task.baseline(),
                        flag)
                : baseline(task, Route.Reason.SPLIT, flag);
    }

    private static Route baseline(TaskSettings task, Route.Reason reason, FlagSettings split) {
        return new Route(Route.Variant.BASELINE, task.baseline(), reason, task.baseline(), split);
    }
}
