package dev.acey.simulation.simulate;

import dev.acey.kit.problem.FieldError;
import dev.acey.kit.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How to simulate.
 *
 * @param dryRun always true: a simulation never acts
 * @param autoRules whether outputs are judged; without, only texts and intents are compared
 * @param baselineModel draw only calls that this model answered
 * @param candidateModel asked about each call that comes without an output of the candidate
 * @param ruleSet hash of the set that judges both outputs; when missing, the active one if a
 *     candidate is asked, else each entry's own, else the active one
 * @param judgeModel asked to compare the two outputs of each call, in both orders
 * @param budget of what is asked of models
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
        AskBudget budget,
        Long seed) {

    private static final Pattern MODEL = Pattern.compile("^[a-z][a-z0-9._-]{0,63}$");

    /** What holds where nothing is said. */
    static final SimulationConfig DEFAULTS =
            new SimulationConfig(null, null, null, null, null, null, null, null);

    /**
     * What a simulation may use of models; what is missing is as the service allows.
     *
     * @param calls at least 1
     * @param dollars at least 0
     */
    @RegisterForReflection
    public record AskBudget(Integer calls, Double dollars) {}

    public SimulationConfig {
        dryRun = dryRun == null || dryRun;
        autoRules = autoRules == null || autoRules;
        seed = seed == null ? Long.valueOf(0) : seed;
        List<FieldError> errors = new ArrayList<>();
        if (!dryRun) {
            errors.add(new FieldError("/config/dryRun", "must be true: a simulation never acts"));
        }
        checkModel(errors, "baselineModel", baselineModel);
        checkModel(errors, "candidateModel", candidateModel);
        checkModel(errors, "judgeModel", judgeModel);
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }

    private static void checkModel(List<FieldError> errors, String field, String model) {
        if (model != null && !MODEL.matcher(model).matches()) {
            errors.add(new FieldError("/config/" + field, "must match " + MODEL.pattern()));
        }
    }
}
