/** What of the recorded decisions would change if another rule set went live. */
package dev.acey.simulation.impact;
