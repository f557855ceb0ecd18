/** What is known of a dataset's examples: counted while they are written, in constant memory. */
package dev.acey.dataset.report;
