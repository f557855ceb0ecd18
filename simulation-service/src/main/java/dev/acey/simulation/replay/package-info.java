/** One prompt judged again: what was logged, and what a candidate answered instead. */
package dev.acey.simulation.replay;
