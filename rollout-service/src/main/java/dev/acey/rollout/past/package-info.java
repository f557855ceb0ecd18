/** How a task's calls went before its rollout. */
package dev.acey.rollout.past;
