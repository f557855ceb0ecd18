/** What the rules would make of one output, without anything happening. */
package dev.acey.simulation.dryrun;
