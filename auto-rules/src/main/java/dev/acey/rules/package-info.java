/**
 * The rule engine of Acey Loop: a pure function from output, state, instant and rule set to a
 * verdict.
 *
 * <p>Start reading at {@link dev.acey.rules.RuleSet}. A set is read ({@code RuleSetReader} over
 * {@code YamlSource} or {@code JsonSource}), each rule is compiled ({@code RuleCompiler}), and an
 * output is measured ({@code Measure}), then judged ({@code Judge}), its expressions seeing it
 * through {@code Evaluation} and {@code StateView}. Every bound is in {@link
 * dev.acey.rules.Limits}.
 */
package dev.acey.rules;
