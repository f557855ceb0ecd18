package dev.acey.rollout.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.digest.Sha256;
import dev.acey.kit.problem.FieldError;
import dev.acey.kit.problem.Problem;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Lets a candidate into a rollout, or says why not. */
@Singleton
public class Gate {

    private static final int MOST_TRIED = 10;

    /**
     * What a rollout keeps of a simulation: its figures, not its calls. For the calls stands the
     * hash of the whole, as compact JSON in simulation-service's order.
     */
    private static final List<String> KEPT =
            List.of(
                    "id",
                    "verdict",
                    "reasons",
                    "tasks",
                    "candidateModel",
                    "gates",
                    "ruleSet",
                    "statistics",
                    "startedAt",
                    "endedAt");

    private final SimulationService simulations;

    Gate(SimulationService simulations) {
        this.simulations = simulations;
    }

    /**
     * Passes where a simulation that asked this candidate itself passed for this task under this
     * rule set: the named one, or without a name one of the newest. 422 with the reasons otherwise,
     * 503 where simulation-service does not answer.
     */
    public Uni<Passage> pass(String taskType, String candidate, String ruleSet, UUID named) {
        Uni<List<Simulation>> choice =
                named == null
                        ? simulations.thatAsked(candidate, MOST_TRIED)
                        : simulations.find(named).map(found -> List.of(existing(named, found)));
        return choice.map(found -> firstThatPasses(found, taskType, candidate, ruleSet));
    }

    private static Simulation existing(UUID named, Optional<Simulation> found) {
        return found.orElseThrow(() -> refused(List.of("There is no simulation " + named + ".")));
    }

    private static Passage firstThatPasses(
            List<Simulation> choice, String taskType, String candidate, String ruleSet) {
        List<String> faults = new ArrayList<>();
        for (Simulation simulation : choice) {
            List<String> found = simulation.faults(taskType, candidate, ruleSet);
            if (found.isEmpty()) {
                return new Passage(simulation.id(), kept(simulation.whole()), null);
            }
            faults.addAll(found);
        }
        throw refused(
                faults.isEmpty()
                        ? List.of("No simulation has asked " + candidate + " itself yet.")
                        : faults);
    }

    private static JsonNode kept(JsonNode whole) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        KEPT.forEach(
                field -> {
                    if (whole.has(field)) {
                        kept.set(field, whole.get(field));
                    }
                });
        kept.put("hash", "sha256:" + Sha256.hex(whole.toString().getBytes(StandardCharsets.UTF_8)));
        return kept;
    }

    private static ProblemException refused(List<String> reasons) {
        return new ProblemException(
                Problem.of(
                        422,
                        "No simulation lets this rollout begin. Run one with the candidate, or say"
                                + " why not with override.reason.",
                        reasons.stream().map(r -> new FieldError("/simulationId", r)).toList()));
    }
}
