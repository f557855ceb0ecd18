package dev.acey.dataset.erasure;

import dev.acey.dataset.erasure.Parts.LogErasure;
import dev.acey.dataset.erasure.Parts.Step;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** The other services' parts. Every call again is harmless; who calls tries again. */
@ApplicationScoped
class OtherServices {

    private static final int TIMEOUT_SECONDS = 60;

    private final Parts.LogService logs;
    private final Parts.RolloutService rollouts;
    private final Parts.SimulationService simulations;

    OtherServices(
            @RestClient Parts.LogService logs,
            @RestClient Parts.RolloutService rollouts,
            @RestClient Parts.SimulationService simulations) {
        this.logs = logs;
        this.rollouts = rollouts;
        this.simulations = simulations;
    }

    /** Begins the erasure of a person's entries, or says how one that was begun stands. */
    @Timeout(value = TIMEOUT_SECONDS, unit = ChronoUnit.SECONDS)
    Uni<LogErasure> inLogs(String user, String erasure) {
        return erasure == null
                ? logs.erase(user, "respond-async")
                : logs.erasure(UUID.fromString(erasure));
    }

    @Timeout(value = TIMEOUT_SECONDS, unit = ChronoUnit.SECONDS)
    Uni<Step> inRollouts(String user, String cursor) {
        return rollouts.erase(user, cursor);
    }

    @Timeout(value = TIMEOUT_SECONDS, unit = ChronoUnit.SECONDS)
    Uni<Step> inSimulations(String user, String cursor) {
        return simulations.erase(user, cursor);
    }
}
