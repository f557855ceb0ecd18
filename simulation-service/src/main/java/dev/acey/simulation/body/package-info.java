/** Request bodies, read the same way whatever media type they came as. */
package dev.acey.simulation.body;
