/** Answers that are given again: exact matches only, per task, off unless a task says otherwise. */
package dev.acey.rollout.cache;
