/** Asking models about cases, through rollout-service: within bounds, budgets, and once. */
package dev.acey.simulation.ask;
