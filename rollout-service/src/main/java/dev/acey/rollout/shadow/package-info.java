/** Work that nobody waits for: bounded, and dropped rather than let wait what matters. */
package dev.acey.rollout.shadow;
