/** Simulations measured: that they decide as live, go on after a crash, replay and find drift. */
package dev.acey.bench.simulation;
