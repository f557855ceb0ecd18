/** Trains models on datasets and registers what comes of it. */
package dev.acey.dataset.train;
