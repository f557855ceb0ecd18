/** What the rules know of each channel, and the order in which its requests change that. */
package dev.acey.rollout.channel;
