/** The model registry: which models there are, where they answer, and what they cost. */
package dev.acey.rollout.model;
