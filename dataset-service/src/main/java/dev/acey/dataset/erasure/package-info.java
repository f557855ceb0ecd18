/**
 * Erases a person everywhere: in every service, in every dataset, and in what learned from them.
 */
package dev.acey.dataset.erasure;
