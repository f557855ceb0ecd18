/** What entries come to when they are counted: counts, sums and the distribution of their times. */
package dev.acey.log.tally;
