package dev.acey.rollout.tick;

import java.util.UUID;

/**
 * A replica's right to watch a rollout.
 *
 * @param fence grows with each lease of the rollout
 * @param place where in the feed to go on; null at its beginning
 */
record Lease(UUID rollout, long fence, String place) {}
