package dev.acey.rollout.upstream;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tries again what is safe to try again, because nothing of an answer was seen: a server that was
 * not reached, and one that said with 429 or 503 when to come back, within the budget for waiting.
 */
@Singleton
class Tries {

    private static final int MOST = 3;
    private static final long FIRST_WAIT_MILLIS = 50;

    private final long budgetMillis;
    private final Clock clock;

    Tries(UpstreamSettings settings, Clock clock) {
        this.budgetMillis = settings.retryBudget().toMillis();
        this.clock = clock;
    }

    /**
     * @param attempts is told of each try
     * @param once makes one
     */
    <T> Uni<T> of(String model, String variant, Consumer<Attempt> attempts, Supplier<Uni<T>> once) {
        return again(model, variant, attempts, once, 0, 0);
    }

    private <T> Uni<T> again(
            String model,
            String variant,
            Consumer<Attempt> attempts,
            Supplier<Uni<T>> once,
            int made,
            long waited) {
        long start = clock.millis();
        return Uni.createFrom()
                .deferred(() -> once.get())
                .onFailure()
                .transform(failure -> Failures.of(model, failure))
                .invoke(
                        answer ->
                                attempts.accept(
                                        new Attempt(
                                                model, variant, 200, null, clock.millis() - start)))
                .onFailure(UpstreamFailure.class)
                .recoverWithUni(
                        failure -> {
                            UpstreamFailure why = (UpstreamFailure) failure;
                            attempts.accept(failed(model, variant, why, clock.millis() - start));
                            long wait = waitMillis(why, made);
                            if (made + 1 == MOST || wait < 0 || waited + wait > budgetMillis) {
                                return Uni.createFrom().failure(why);
                            }
                            return Uni.createFrom()
                                    .voidItem()
                                    .onItem()
                                    .delayIt()
                                    .by(Duration.ofMillis(wait))
                                    .chain(
                                            () ->
                                                    again(
                                                            model,
                                                            variant,
                                                            attempts,
                                                            once,
                                                            made + 1,
                                                            waited + wait));
                        });
    }

    /** Negative where trying again is not safe or not welcome. */
    private static long waitMillis(UpstreamFailure why, int made) {
        return switch (why.kind()) {
            case CONNECT_FAILED -> FIRST_WAIT_MILLIS << made;
            case RATE_LIMITED, SERVER_ERROR -> {
                boolean invited = why.upstreamStatus() == 429 || why.upstreamStatus() == 503;
                yield invited && why.saidRetryAfter() > 0 ? why.saidRetryAfter() * 1000L : -1;
            }
            default -> -1;
        };
    }

    private static Attempt failed(
            String model, String variant, UpstreamFailure why, long milliseconds) {
        Integer status = why.upstreamStatus() == 0 ? null : Integer.valueOf(why.upstreamStatus());
        return new Attempt(model, variant, status, why.type(), milliseconds);
    }
}
