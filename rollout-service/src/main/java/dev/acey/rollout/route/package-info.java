/**
 * The route of each request: which model serves it, decided in memory, with a token that proves it.
 */
package dev.acey.rollout.route;
