/** Which entries, and whose, stand in a version of a dataset. */
package dev.acey.dataset.lineage;
