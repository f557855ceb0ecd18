/**
 * The rule engine of Acey Loop: a pure function from output, state, instant and rule set to a
 * verdict.
 */
package dev.acey.rules;
