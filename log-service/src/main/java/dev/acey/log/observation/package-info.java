/** What a rollout's guard is told of calls and feedback: once, in order, and never changed. */
package dev.acey.log.observation;
