package dev.acey.simulation.simulate;

import dev.acey.kit.problem.FieldError;
import dev.acey.kit.problem.ProblemException;
import dev.acey.simulation.ask.AskSettings;
import dev.acey.simulation.ask.Model;
import dev.acey.simulation.ask.Models;
import dev.acey.simulation.cases.Budget;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** What of a simulation's config concerns models that are asked, checked at the door. */
@ApplicationScoped
class AskableModels {

    private final Models models;
    private final AskSettings settings;

    AskableModels(Models models, AskSettings settings) {
        this.models = models;
        this.settings = settings;
    }

    /**
     * What the simulation may use.
     *
     * @return fails with 400 for a budget beyond what the service allows, with 422 for a model that
     *     is not registered, or that has no price where a budget in dollars is asked for, with 503
     *     while that cannot be asked
     */
    Uni<Budget> check(SimulationConfig config) {
        SimulationConfig.AskBudget asked =
                config.budget() == null
                        ? new SimulationConfig.AskBudget(null, null)
                        : config.budget();
        List<FieldError> errors = new ArrayList<>();
        bound(errors, "calls", asked.calls(), 1, settings.mostCalls());
        bound(errors, "dollars", asked.dollars(), 0, settings.mostDollars());
        if (!errors.isEmpty()) {
            return Uni.createFrom().failure(ProblemException.invalid(errors));
        }
        Budget budget =
                new Budget(
                        asked.calls() == null ? settings.mostCalls() : asked.calls(),
                        Budget.nano(
                                asked.dollars() == null
                                        ? settings.mostDollars()
                                        : asked.dollars()));
        boolean priced = asked.dollars() != null;
        return known("/config/candidateModel", config.candidateModel(), priced)
                .chain(() -> known("/config/judgeModel", config.judgeModel(), priced))
                .replaceWith(budget);
    }

    private Uni<Void> known(String pointer, String name, boolean priced) {
        return name == null
                ? Uni.createFrom().voidItem()
                : models.named(pointer, name)
                        .invoke(model -> check(pointer, model, priced))
                        .replaceWithVoid();
    }

    private static void check(String pointer, Model model, boolean priced) {
        if (priced && model.pricing() == null) {
            throw ProblemException.refused(
                    pointer, "has no price, so that no budget in dollars can be kept");
        }
    }

    private static void bound(
            List<FieldError> errors, String field, Number value, double least, double most) {
        if (value != null && !(value.doubleValue() >= least && value.doubleValue() <= most)) {
            errors.add(
                    new FieldError(
                            "/config/budget/" + field,
                            "must be a number from " + plain(least) + " to " + plain(most)));
        }
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : "" + number;
    }
}
