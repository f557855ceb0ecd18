/** The evidence of a rollout: one document from which every verdict can be computed again. */
package dev.acey.rollout.evidence;
