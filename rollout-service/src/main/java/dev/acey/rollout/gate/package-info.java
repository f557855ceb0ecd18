/** What a candidate must have passed before a rollout begins: a simulation that asked it itself. */
package dev.acey.rollout.gate;
