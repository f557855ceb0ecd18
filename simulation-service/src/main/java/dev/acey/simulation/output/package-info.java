/** What a model gave: its parts, and how alike two of them are. */
package dev.acey.simulation.output;
