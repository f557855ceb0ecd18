/** What people decide about logged calls, brought to the state of their channels, once. */
package dev.acey.rollout.review;
