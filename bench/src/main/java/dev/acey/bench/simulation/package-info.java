/** What simulations find, and how fast. */
package dev.acey.bench.simulation;
