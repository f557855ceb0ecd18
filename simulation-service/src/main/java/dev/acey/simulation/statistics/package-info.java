/** Intervals and tests for what two models did with the same prompts. */
package dev.acey.simulation.statistics;
