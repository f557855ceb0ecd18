/** Who changes something. */
package dev.acey.rollout.actor;
