package dev.acey.launcher.demo;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** One model the stub plays. What it does next depends on how many requests it has had, alone. */
final class Persona {

    private final String name;
    private final AtomicLong requests = new AtomicLong();
    private volatile Behaviour behaviour;

    Persona(String name, Behaviour behaviour) {
        this.name = name;
        this.behaviour = behaviour;
    }

    /** What is to happen to one request. */
    record Turn(int delayMs, boolean fails, boolean drifts) {}

    String name() {
        return name;
    }

    Behaviour behaviour() {
        return behaviour;
    }

    /** From the next request on. */
    void behave(Behaviour other) {
        behaviour = other;
    }

    Turn next() {
        Behaviour now = behaviour;
        SplittableRandom random =
                new SplittableRandom(31L * requests.incrementAndGet() + name.hashCode());
        return new Turn(
                now.latencyMs() + random.nextInt(now.jitterMs() + 1),
                random.nextDouble() < now.errorRate(),
                random.nextDouble() < now.drift());
    }
}
