/** Simulations measured: same decisions as live, resumed runs, speed of a replay, drift found. */
package dev.acey.bench.simulation;
