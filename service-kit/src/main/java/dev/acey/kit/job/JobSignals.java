package dev.acey.kit.job;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says within this replica that a job has changed, so that who waits for it need not wait for the
 * next poll. Nothing depends on a signal arriving.
 */
@Singleton
class JobSignals {

    private final ConcurrentHashMap<UUID, Set<Runnable>> listeners = new ConcurrentHashMap<>();

    void changed(UUID job) {
        listeners.getOrDefault(job, Set.of()).forEach(Runnable::run);
    }

    /** An item for each change, of which a slow consumer sees only the latest. */
    Multi<UUID> of(UUID job) {
        return Multi.createFrom()
                .emitter(
                        emitter -> {
                            Runnable listener = () -> emitter.emit(job);
                            add(job, listener);
                            emitter.onTermination(() -> remove(job, listener));
                        },
                        BackPressureStrategy.LATEST);
    }

    private void add(UUID job, Runnable listener) {
        listeners.compute(
                job,
                (id, set) -> {
                    Set<Runnable> all = set == null ? ConcurrentHashMap.newKeySet() : set;
                    all.add(listener);
                    return all;
                });
    }

    private void remove(UUID job, Runnable listener) {
        listeners.computeIfPresent(
                job,
                (id, set) -> {
                    set.remove(listener);
                    return set.isEmpty() ? null : set;
                });
    }
}
