package dev.acey.rollout.replica;

import io.smallrye.mutiny.Uni;

/** Keeps this replica's copy of one topic. */
public interface Follower {

    /** The topic's name in the table {@code revision}. */
    String topic();

    /**
     * Called after each successful look at the database, one call at a time, in a Vert.x context
     * where reactive sessions work. Completes when the copy is at least as new as this version, and
     * does little when it was already.
     */
    Uni<Void> follow(long version);
}
