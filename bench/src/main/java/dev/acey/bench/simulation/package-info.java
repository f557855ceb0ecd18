/** Simulations measured: that they decide as live, go on after a crash, and replay quickly. */
package dev.acey.bench.simulation;
