package dev.acey.launcher;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A running system: started whole, kept alive, and stopped in order by {@link #close}. */
final class Up implements AutoCloseable {

    private static final Duration READY_LIMIT = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int DEATHS_BEFORE_GIVING_UP = 3;

    private final Settings settings;
    private final DataDir dir;
    private final Secrets secrets;
    private final PrintStream out;
    private final CountDownLatch cancelled;
    private final LogRotation rotation;

    /** In the order of their start; they are stopped in the opposite one. */
    private final List<Supervisor> running = new ArrayList<>();

    private Up(
            Settings settings,
            DataDir dir,
            Secrets secrets,
            PrintStream out,
            CountDownLatch cancelled) {
        this.settings = settings;
        this.dir = dir;
        this.secrets = secrets;
        this.out = out;
        this.cancelled = cancelled;
        this.rotation = new LogRotation(dir, out);
    }

    /**
     * Starts PostgreSQL, then the services, and answers when all are ready. The caller holds the
     * data folder's lock.
     *
     * @param cancelled gives the start up when it is counted down
     * @throws LauncherException where something cannot be started; nothing is left running then
     * @throws CancellationException where the start was given up; nothing is left running then
     */
    static Up start(Settings settings, DataDir dir, PrintStream out, CountDownLatch cancelled) {
        Secrets secrets = Secrets.load(dir);
        Orphans.stop(dir, secrets, out);
        Ports.requireFree(settings);
        Up up = new Up(settings, dir, secrets, out, cancelled);
        try {
            up.startParts();
            return up;
        } catch (RuntimeException e) {
            up.closeAfter(e);
            throw e;
        }
    }

    private void startParts() {
        rotation.start();
        Postgres postgres = new Postgres(dir, secrets, settings.postgresPort());
        supervise(postgres);
        Database.prepare(postgres, secrets);
        Map<ServiceProcess, Supervisor> waiting = new LinkedHashMap<>();
        List<Service> order = new ArrayList<>(List.of(Service.values()));
        Collections.reverse(order);
        for (Service service : order) {
            ServiceProcess process = new ServiceProcess(service, settings, dir, secrets, out);
            waiting.put(process, supervise(process));
        }
        awaitReady(waiting);
    }

    private Supervisor supervise(Part part) {
        Supervisor supervisor = new Supervisor(part, out);
        running.add(supervisor);
        supervisor.start();
        return supervisor;
    }

    private void awaitReady(Map<ServiceProcess, Supervisor> waiting) {
        Health health = new Health();
        long end = System.nanoTime() + READY_LIMIT.toNanos();
        // Once each is ready, the gateway must still have reached them all: until then its first
        // callers would be told that something is down.
        while (!waiting.isEmpty() || !health.ready(settings.wholeHealth())) {
            pause();
            waiting.forEach(this::giveUpWhereHopeless);
            waiting.keySet().removeIf(process -> becomesReady(process, health));
            if (System.nanoTime() - end > 0) {
                throw notReady(waiting.keySet());
            }
        }
    }

    private LauncherException notReady(Set<ServiceProcess> waiting) {
        return new LauncherException(
                "Not ready after %d minutes: %s (the logs are in %s)"
                        .formatted(
                                READY_LIMIT.toMinutes(),
                                waiting.isEmpty()
                                        ? "%s is not UP".formatted(settings.wholeHealth())
                                        : waiting.stream()
                                                .map(Part::name)
                                                .collect(Collectors.joining(", ")),
                                dir.logs()));
    }

    private boolean becomesReady(ServiceProcess process, Health health) {
        boolean ready = health.ready(settings.readiness(process.service()));
        if (ready) {
            process.ready();
            out.println(process.name() + " is ready");
        }
        return ready;
    }

    private void pause() {
        try {
            if (cancelled.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new CancellationException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while starting", e);
        }
    }

    private void giveUpWhereHopeless(ServiceProcess process, Supervisor supervisor) {
        if (supervisor.deaths() >= DEATHS_BEFORE_GIVING_UP) {
            String reason =
                    LogFiles.lastLineWith(dir.log(process.name()), List.of("ERROR", "Error"))
                            .orElse("no reason given");
            throw new LauncherException(
                    "%s does not start: %s (more in %s)"
                            .formatted(process.name(), reason, dir.log(process.name())));
        }
    }

    /** Stops everything, the gateway first and PostgreSQL last. */
    @Override
    public void close() {
        List<Supervisor> order = new ArrayList<>(running);
        Collections.reverse(order);
        LauncherException failure = null;
        for (Supervisor supervisor : order) {
            try {
                supervisor.stop();
            } catch (LauncherException e) {
                out.println(e.getMessage());
                failure = e;
            }
        }
        rotation.stop();
        if (failure != null) {
            throw failure;
        }
    }

    private void closeAfter(RuntimeException failure) {
        try {
            close();
        } catch (LauncherException e) {
            failure.addSuppressed(e);
        }
    }
}
