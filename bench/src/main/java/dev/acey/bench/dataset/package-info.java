/** How well and how fast datasets are prepared. */
package dev.acey.bench.dataset;
