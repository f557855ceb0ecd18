package dev.acey.rollout.route;

import dev.acey.kit.json.JsonConventions;
import dev.acey.rollout.replica.Revisions;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Says what this replica routes by. It is up whatever that is: it routes without the database. */
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
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("routes")
                        .up()
                        .withData("database", revisions.isDatabaseAway() ? "away" : "answers");
        Instant now = clock.instant();
        snapshots
                .latest()
                .ifPresentOrElse(
                        snapshot ->
                                answer.withData(
                                                "settings",
                                                snapshot.isFresh(now) ? "confirmed" : "stale")
                                        .withData(
                                                "confirmedAt",
                                                JsonConventions.format(snapshot.confirmedAt())),
                        () -> answer.withData("settings", "unknown"));
        return answer.build();
    }
}
