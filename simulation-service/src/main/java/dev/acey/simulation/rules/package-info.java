/** The rule sets that can judge here. */
package dev.acey.simulation.rules;
