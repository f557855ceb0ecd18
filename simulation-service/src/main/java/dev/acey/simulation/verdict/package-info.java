/** What all cases of a simulation amount to: rates, tests, and a verdict with its reasons. */
package dev.acey.simulation.verdict;
