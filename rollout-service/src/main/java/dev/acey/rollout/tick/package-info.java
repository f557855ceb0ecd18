/** The watch over rollouts: reads what became of their calls, asks the guard, and acts on it. */
package dev.acey.rollout.tick;
