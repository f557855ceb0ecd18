/** The figures of entries by time: written as deltas with every commit, folded into roll-ups. */
package dev.acey.log.rollup;
