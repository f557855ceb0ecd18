/** Examples that may become part of a dataset, on the disk: memory does not grow with them. */
package dev.acey.dataset.candidate;
