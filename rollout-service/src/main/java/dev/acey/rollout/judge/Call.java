package dev.acey.rollout.judge;

import dev.acey.kit.entry.LogEntry;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;

/**
 * An output on its way: the call it belongs to, and the judgement somebody waits for.
 *
 * @param entry with id and timestamp where the call has them already
 * @param bytes about what the entry takes
 */
record Call(LogEntry entry, long bytes, CompletableFuture<Judgement> answer) {

    static Call of(LogEntry entry, long bytes) {
        return new Call(entry, bytes, new CompletableFuture<>());
    }

    /** Who stops waiting does not stop the call. */
    Uni<Judgement> outcome() {
        return Uni.createFrom().completionStage(answer.copy());
    }
}
