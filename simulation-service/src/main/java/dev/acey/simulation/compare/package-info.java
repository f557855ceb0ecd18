/** How two outputs for one prompt differ: in speech, in intents, in everything else. */
package dev.acey.simulation.compare;
