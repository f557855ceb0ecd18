package dev.acey.rollout.route;

import dev.acey.kit.json.JsonConventions;
import dev.acey.rollout.replica.Revisions;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says what this replica routes by. It is up without the database, which it does not need, and down
 * only from its start until it has either seen the settings or found the database away.
 */
@Readiness
@Singleton
class RoutesCheck implements HealthCheck {

    private final Snapshots snapshots;
    private final Revisions revisions;
    private final Clock clock;

    RoutesCheck(Snapshots snapshots, Revisions revisions, Clock clock) {
        this.snapshots = snapshots;
        this.revisions = revisions;
        this.clock = clock;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<Snapshot> latest = snapshots.latest();
        boolean away = revisions.isDatabaseAway();
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("routes")
                        .status(latest.isPresent() || away)
                        .withData("database", away ? "away" : "answers");
        Instant now = clock.instant();
        latest.ifPresentOrElse(
                snapshot ->
                        answer.withData("settings", snapshot.isFresh(now) ? "confirmed" : "stale")
                                .withData(
                                        "confirmedAt",
                                        JsonConventions.format(snapshot.confirmedAt())),
                () -> answer.withData("settings", "unknown"));
        return answer.build();
    }
}
