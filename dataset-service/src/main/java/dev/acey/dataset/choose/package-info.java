/** Decides which candidates make a dataset, and into which part of its split each goes. */
package dev.acey.dataset.choose;
