/**
 * The guard of a rollout: a pure function from counts of calls to a verdict, with statistics that
 * hold at every look and numbers anyone can compute again.
 */
package dev.acey.rollout.guard;
