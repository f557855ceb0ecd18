/** Datasets that are being written. */
package dev.acey.dataset.draft;
