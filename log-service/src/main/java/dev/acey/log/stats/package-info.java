/** Figures over everything stored. */
package dev.acey.log.stats;
