package dev.acey.gateway.steps;

import dev.acey.gateway.calls.LongWork;
import dev.acey.gateway.upstream.Service;
import dev.acey.kit.problem.Problem;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Waits for a service's long work by asking, quickly at first and then every few seconds. */
final class Patience {

    private static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private Patience() {}

    /** The work when it has succeeded; fails for good when it ended in any other way. */
    static <T extends LongWork> Uni<T> untilDone(
            Service service, T begun, Function<String, Uni<T>> ask) {
        Uni<T> end =
                begun.ended()
                        ? Uni.createFrom().item(begun)
                        : Multi.createBy()
                                .repeating()
                                .uni(
                                        () -> new AtomicReference<>(SHORTEST),
                                        pause -> later(pause).chain(() -> ask.apply(begun.id())))
                                .whilst(work -> !work.ended())
                                .collect()
                                .last();
        return end.invoke(work -> requireSuccess(service, work));
    }

    private static Uni<Void> later(AtomicReference<Duration> pause) {
        Duration now = pause.get();
        Duration longer = now.multipliedBy(2);
        pause.set(longer.compareTo(LONGEST) < 0 ? longer : LONGEST);
        return Uni.createFrom().voidItem().onItem().delayIt().by(now);
    }

    private static void requireSuccess(Service service, LongWork work) {
        if (!work.succeeded()) {
            throw new ProblemException(
                    Problem.of(502, service.title() + " could not do it: " + work.failure()));
        }
    }
}
