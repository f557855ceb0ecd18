/** What came, went and changed between two versions of a dataset. */
package dev.acey.dataset.compare;
