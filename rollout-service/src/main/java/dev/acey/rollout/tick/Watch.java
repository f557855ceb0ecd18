package dev.acey.rollout.tick;

import dev.acey.kit.problem.Dependencies;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Looks at every rollout that is due. Every replica does; a rollout is looked at by one at a time.
 */
@Singleton
class Watch {

    private static final Logger LOG = Logger.getLogger(Watch.class);

    private final Leases leases;
    private final Look look;
    private final Clock clock;

    Watch(Leases leases, Look look, Clock clock) {
        this.leases = leases;
        this.look = look;
        this.clock = clock;
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> watch() {
        return Multi.createBy()
                .repeating()
                .uni(() -> leases.claim(clock.instant()).call(this::look))
                .whilst(Optional::isPresent)
                .collect()
                .last()
                .replaceWithVoid()
                .onFailure(Dependencies::isDown)
                .invoke(down -> LOG.debugf("Rollouts wait: %s", down))
                .onFailure(Dependencies::isDown)
                .recoverWithNull();
    }

    private Uni<Void> look(Optional<Lease> due) {
        return due.map(this::look).orElse(Uni.createFrom().voidItem());
    }

    /** A look that fails keeps the others from nothing. */
    private Uni<Void> look(Lease lease) {
        return look.at(lease)
                .onFailure(LostLease.class)
                .recoverWithNull()
                .onFailure(Dependencies::isDown)
                .invoke(down -> LOG.debugf("The rollout %s waits: %s", lease.rollout(), down))
                .onFailure(Dependencies::isDown)
                .recoverWithNull()
                .onFailure()
                .invoke(failure -> LOG.errorf(failure, "The rollout %s", lease.rollout()))
                .onFailure()
                .recoverWithNull();
    }
}
