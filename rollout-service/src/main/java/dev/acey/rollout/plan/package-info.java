/** The stages of a rollout: what a task's risk asks for, or what was asked for instead. */
package dev.acey.rollout.plan;
