/** Rollouts in whole systems, with models that a stub plays. */
package dev.acey.bench.rollout;
