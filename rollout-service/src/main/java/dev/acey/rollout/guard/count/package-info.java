/** Reduces the calls of a tick to the counts the guard sees, and that are kept as evidence. */
package dev.acey.rollout.guard.count;
