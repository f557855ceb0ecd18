/** When a task passes a simulation: defaults, and what a person decided otherwise. */
package dev.acey.simulation.criteria;
