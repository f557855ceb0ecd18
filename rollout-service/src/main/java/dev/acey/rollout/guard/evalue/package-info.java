/**
 * E-values: evidence that multiplies from block to block and whose expectation stays at most 1
 * where there is nothing to find, computed the same to the last bit on every JVM.
 */
package dev.acey.rollout.guard.evalue;
