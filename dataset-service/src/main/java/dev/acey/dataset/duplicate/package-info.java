/** Finds examples that say the same as an earlier one. */
package dev.acey.dataset.duplicate;
