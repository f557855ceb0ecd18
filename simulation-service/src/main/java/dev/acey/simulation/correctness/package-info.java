/** Whether outputs are what their task asks for. */
package dev.acey.simulation.correctness;
