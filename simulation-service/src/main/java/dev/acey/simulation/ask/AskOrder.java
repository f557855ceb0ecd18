package dev.acey.simulation.ask;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.simulation.cases.Budget;
import dev.acey.simulation.cases.Purpose;
import dev.acey.simulation.replay.Case;
import io.smallrye.mutiny.Uni;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What to ask a model about the cases of a simulation.
 *
 * @param budget of the simulation in all, whatever it asks for
 * @param prompt what to ask about a case; null where nothing is. Called on a worker thread
 * @param answered called after each case that is settled, one after the other
 */
public record AskOrder(
        UUID simulation,
        Purpose purpose,
        Model model,
        Budget budget,
        Function<Case, ObjectNode> prompt,
        Supplier<Uni<Void>> answered) {}
