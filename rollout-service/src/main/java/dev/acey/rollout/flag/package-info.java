/** How far each task's candidate is switched on, and the switch that turns them all off. */
package dev.acey.rollout.flag;
