/** What a call used: tokens and money. */
package dev.acey.rollout.usage;
