/** A judge model's opinion on pairs of answers, asked for in both orders. */
package dev.acey.simulation.judge;
