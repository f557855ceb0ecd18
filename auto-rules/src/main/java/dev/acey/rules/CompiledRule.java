package dev.acey.rules;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Map;
import java.util.TreeMap;

/**
 * A rule ready to be evaluated, any number of times and by any thread.
 *
 * @param rule the rule as it was written
 * @param reason what its findings say
 * @param when its condition
 * @param set the expressions of the fields it sets, in the order of their names
 * @param facts what its expressions see
 */
record CompiledRule(
        Rule rule,
        String reason,
        Expression when,
        Map<String, Expression> set,
        ExpressionFacts facts) {

    private static final String FAILED =
            "could not be evaluated, because a field it reads is missing or of another type";

    /** An expression ready to be evaluated. */
    record Expression(CelRuntime.Program program) {
        Object evaluate(Evaluation evaluation) throws RuleFailed {
            try {
                return program.eval(evaluation);
            } catch (CelEvaluationException | RuntimeException e) {
                throw new RuleFailed(e);
            }
        }
    }

    /** A rule's own error. What it says is ours, not the evaluator's, whose words may change. */
    static final class RuleFailed extends Exception {
        private static final long serialVersionUID = 1;

        RuleFailed(Throwable cause) {
            super(FAILED, cause, false, false);
        }
    }

    CompiledRule enabled(boolean value) {
        return new CompiledRule(rule.enabled(value), reason, when, set, facts);
    }

    /** Whether the condition holds. */
    boolean holds(Evaluation evaluation) throws RuleFailed {
        evaluation.enter(this);
        if (when.evaluate(evaluation) instanceof Boolean holds) {
            return holds;
        }
        throw new RuleFailed(null);
    }

    /** The values of the fields to set; all see the intent as it was before. */
    Map<String, Object> values(Evaluation evaluation) throws RuleFailed {
        Map<String, Object> values = new TreeMap<>();
        for (Map.Entry<String, Expression> field : set.entrySet()) {
            values.put(field.getKey(), field.getValue().evaluate(evaluation));
        }
        return values;
    }

    Finding finding(Integer intentIndex) {
        return new Finding(rule.id(), intentIndex, rule.effect(), reason);
    }

    Finding failure(Integer intentIndex) {
        return new Finding(rule.id(), intentIndex, Effect.REJECT, FAILED);
    }
}
