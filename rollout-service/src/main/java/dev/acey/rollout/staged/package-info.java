/** Rollouts: their states, the steps people and the guard take, and what is shown of them. */
package dev.acey.rollout.staged;
