/** Logged calls to replay, drawn by chance from what log-service has. */
package dev.acey.simulation.sample;
