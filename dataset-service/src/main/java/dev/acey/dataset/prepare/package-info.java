/** Prepares datasets: long work, asked for and watched over HTTP, done as a durable job. */
package dev.acey.dataset.prepare;
