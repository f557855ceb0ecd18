/** What serves each task: its baseline, its candidate, its risk, and the keys pinned to a model. */
package dev.acey.rollout.task;
