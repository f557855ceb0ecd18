/** What came of a simulation as one page to read, print and pass on. */
package dev.acey.simulation.report;
