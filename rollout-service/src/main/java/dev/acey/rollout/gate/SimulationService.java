package dev.acey.rollout.gate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Asks simulation-service; whatever keeps it from answering is a 503. */
@ApplicationScoped
class SimulationService {

    private static final int LOOKED_THROUGH = 1_000;
    private static final int NOT_FOUND = 404;

    private final SimulationClient client;

    SimulationService(@RestClient SimulationClient client) {
        this.client = client;
    }

    /** The simulation; empty where there is none of this id. */
    @Timeout(value = 10, unit = ChronoUnit.SECONDS)
    @CircuitBreaker(requestVolumeThreshold = 10, delay = 2, delayUnit = ChronoUnit.SECONDS)
    Uni<Optional<Simulation>> find(UUID id) {
        return client.get(id.toString())
                .map(found -> Optional.of(Simulation.of(found)))
                .onFailure(SimulationService::isMissing)
                .recoverWithItem(Optional.empty())
                .onFailure(WebApplicationException.class)
                .transform(SimulationService::away);
    }

    /** Of the newest thousand, those that asked this model itself, newest first. */
    @Timeout(value = 10, unit = ChronoUnit.SECONDS)
    @CircuitBreaker(requestVolumeThreshold = 10, delay = 2, delayUnit = ChronoUnit.SECONDS)
    Uni<List<Simulation>> thatAsked(String candidate, int most) {
        return client.list(LOOKED_THROUGH)
                .map(list -> idsOfThoseThatAsked(candidate, list, most))
                .flatMap(
                        ids ->
                                Multi.createFrom()
                                        .iterable(ids)
                                        .onItem()
                                        .transformToUniAndConcatenate(client::get)
                                        .map(Simulation::of)
                                        .collect()
                                        .asList())
                .onFailure(WebApplicationException.class)
                .transform(SimulationService::away);
    }

    private static List<String> idsOfThoseThatAsked(String candidate, JsonNode list, int most) {
        return StreamSupport.stream(list.path("simulations").spliterator(), false)
                .map(Simulation::of)
                .filter(simulation -> simulation.gates() && candidate.equals(simulation.model()))
                .map(Simulation::id)
                .limit(most)
                .toList();
    }

    private static boolean isMissing(Throwable failure) {
        return failure instanceof WebApplicationException web
                && web.getResponse().getStatus() == NOT_FOUND;
    }

    private static ProblemException away(Throwable failure) {
        return ProblemException.unavailable(
                "simulation-service answered "
                        + ((WebApplicationException) failure).getResponse().getStatus()
                        + " when it was asked for the candidate's simulation.");
    }
}
