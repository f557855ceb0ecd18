package dev.acey.simulation.simulate;

import dev.acey.kit.problem.FieldError;
import dev.acey.kit.problem.Problem;
import dev.acey.kit.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * How to simulate.
 *
 * @param dryRun always true: a simulation never acts
 * @param autoRules whether outputs are judged; without, only texts and intents are compared
 * @param baselineModel not available yet
 * @param candidateModel not available yet
 * @param ruleSet hash of the set that judges both outputs; when missing, each entry's own, else the
 *     active one
 * @param judgeModel not available yet
 * @param seed of everything random: the same seed, the same result
 */
@RegisterForReflection
public record SimulationConfig(
        Boolean dryRun,
        Boolean autoRules,
        String baselineModel,
        String candidateModel,
        String ruleSet,
        String judgeModel,
        Long seed) {

    /** What holds where nothing is said. */
    static final SimulationConfig DEFAULTS =
            new SimulationConfig(null, null, null, null, null, null, null);

    public SimulationConfig {
        dryRun = dryRun == null || dryRun;
        autoRules = autoRules == null || autoRules;
        seed = seed == null ? Long.valueOf(0) : seed;
        if (!dryRun) {
            throw ProblemException.invalid(
                    "/config/dryRun", "must be true: a simulation never acts");
        }
        refuse("baselineModel", baselineModel);
        refuse("candidateModel", candidateModel);
        refuse("judgeModel", judgeModel);
    }

    private static void refuse(String field, String model) {
        if (model != null) {
            throw new ProblemException(
                    Problem.of(
                            422,
                            "Simulations do not ask models yet; give candidateOutput with each"
                                    + " log.",
                            List.of(new FieldError("/config/" + field, "is not available yet"))));
        }
    }
}
