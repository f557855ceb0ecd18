package dev.acey.rollout.rules;

import dev.acey.rollout.replica.Revisions;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether this replica knows what to judge by. It is down only from its start until it has either
 * learned the active set or found the database away.
 */
@Readiness
@Singleton
class RulesCheck implements HealthCheck {

    private final ActiveRuleSet active;
    private final Revisions revisions;

    RulesCheck(ActiveRuleSet active, Revisions revisions) {
        this.active = active;
        this.revisions = revisions;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("rules")
                .status(active.ifKnown().isPresent() || revisions.isDatabaseAway())
                .build();
    }
}
