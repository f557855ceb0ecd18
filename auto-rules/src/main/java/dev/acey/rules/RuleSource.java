package dev.acey.rules;

import java.util.Map;

/**
 * A rule and where it stands in its source.
 *
 * @param rule the rule
 * @param line the line it starts in
 * @param when where its condition stands; null if it gives none
 * @param set where the expressions of its fields stand
 */
record RuleSource(Rule rule, int line, SourceNode.Scalar when, Map<String, SourceNode.Scalar> set) {

    /** An error in an expression of this rule, at a line counted from 1 within the expression. */
    RuleSetException expressionError(
            SourceNode.Scalar where, String name, int lineInside, int column, String detail) {
        int line = where == null ? this.line : where.line();
        boolean exact = where != null && where.keepsLines();
        String position =
                exact || lineInside == 1
                        ? " (column " + column + " of the expression)"
                        : " (line " + lineInside + ", column " + column + " of the expression)";
        return new RuleSetException(
                name + ": " + detail + position, exact ? line + lineInside - 1 : line, rule.id());
    }
}
