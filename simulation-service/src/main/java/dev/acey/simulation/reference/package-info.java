/** The voice a task is held against from release to release, pinned by a person. */
package dev.acey.simulation.reference;
