/** Whether a new model's voice differs from the old one's, how much, and in which features. */
package dev.acey.simulation.drift;
