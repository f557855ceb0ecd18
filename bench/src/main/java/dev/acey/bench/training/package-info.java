/** Trainings that are interrupted. */
package dev.acey.bench.training;
