package dev.acey.rollout.route;

import dev.acey.rollout.task.TaskSettings;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Routes live calls, from memory. */
@Singleton
public class LiveRoutes {

    private final Snapshots snapshots;

    LiveRoutes(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    /**
     * Decides as {@code /api/rollout/route} does; 404 or 409 for a task that no model serves, 503
     * on a replica that never knew the settings.
     *
     * @param key the stickiness key
     * @param requestId of this request alone
     */
    public LiveRoute of(String taskType, String key, String requestId, Instant now) {
        Snapshot snapshot = snapshots.known();
        Route route =
                snapshot.route(taskType, key, now)
                        .orElseThrow(() -> RouteResource.unserved(taskType));
        TaskSettings task = snapshot.tasks().get(taskType);
        return new LiveRoute(
                route.variant().name().toLowerCase(Locale.ROOT),
                route.model(),
                route.baseline(),
                route.rolloutId() == null ? null : route.rolloutId().toString(),
                route.stage(),
                route.shadow(requestId).orElse(null),
                task.streaming(),
                route.rolloutId() == null ? task.cacheSeconds() : 0);
    }

    /** The tasks that a model serves. */
    public List<String> tasks() {
        return snapshots
                .latest()
                .map(
                        snapshot ->
                                snapshot.tasks().values().stream()
                                        .filter(task -> task.baseline() != null)
                                        .map(TaskSettings::taskType)
                                        .sorted()
                                        .toList())
                .orElse(List.of());
    }
}
