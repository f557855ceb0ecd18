package dev.acey.rollout.process;

import dev.acey.kit.entry.LogEntry;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;

/**
 * A request on its way: what was sent, and the answer somebody waits for.
 *
 * @param bytes of its body
 */
record Call(LogEntry entry, long bytes, CompletableFuture<ProcessAnswer> answer) {

    static Call of(LogEntry entry, long bytes) {
        return new Call(entry, bytes, new CompletableFuture<>());
    }

    /** Who stops waiting does not stop the call. */
    Uni<ProcessAnswer> outcome() {
        return Uni.createFrom().completionStage(answer.copy());
    }
}
