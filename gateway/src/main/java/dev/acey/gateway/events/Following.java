package dev.acey.gateway.events;

import dev.acey.kit.problem.Dependencies;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Follows one feed for as long as the gateway runs; what fails is tried again, ever more slowly.
 */
public final class Following {

    private static final Logger LOG = Logger.getLogger(Following.class);

    /** A service that does not wait as it is asked to shall not be asked without end. */
    private static final Duration BREATH = Duration.ofMillis(50);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final String name;
    private final AtomicBoolean away = new AtomicBoolean();
    private final Cancellable loop;

    private Following(String name, Supplier<Uni<Void>> step) {
        this.name = name;
        this.loop =
                Uni.createFrom()
                        .deferred(step::get)
                        .invoke(this::goesOn)
                        .onFailure()
                        .invoke(this::failed)
                        .onFailure()
                        .retry()
                        .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                        .indefinitely()
                        .onItem()
                        .delayIt()
                        .by(BREATH)
                        .repeat()
                        .indefinitely()
                        .subscribe()
                        .with(
                                again -> {},
                                failure -> LOG.errorf(failure, "%s are not followed", name));
    }

    /**
     * Begins.
     *
     * @param name what is followed, as a log line says it
     * @param step waits for the next events and deals with them; completes soon after, or after a
     *     while without any
     */
    public static Following begin(String name, Supplier<Uni<Void>> step) {
        return new Following(name, step);
    }

    public void stop() {
        loop.cancel();
    }

    private void goesOn() {
        if (away.compareAndSet(true, false)) {
            LOG.infof("%s are followed again", name);
        }
    }

    private void failed(Throwable failure) {
        if (!away.compareAndSet(false, true)) {
            return;
        }
        if (Dependencies.isDown(failure)) {
            LOG.warnf("%s are told later: %s", name, failure);
        } else {
            LOG.errorf(failure, "%s cannot be followed", name);
        }
    }
}
