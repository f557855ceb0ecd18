/** Simulations: asked for, stored, run as durable jobs, shown. */
package dev.acey.simulation.simulate;
