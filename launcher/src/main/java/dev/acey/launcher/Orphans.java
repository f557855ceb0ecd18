package dev.acey.launcher;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a killed launcher left running. Only processes that are verifiably ours are found: services
 * by the mark of this data folder among their arguments, PostgreSQL as {@link Postmaster} says.
 */
final class Orphans {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private Orphans() {}

    /** The processes that carry this data folder's mark, by service. */
    static Map<Service, ProcessHandle> services(Secrets secrets) {
        Map<Service, ProcessHandle> found = new TreeMap<>();
        ProcessHandle.allProcesses()
                .forEach(
                        process ->
                                serviceOf(process, secrets).ifPresent(s -> found.put(s, process)));
        return found;
    }

    private static Optional<Service> serviceOf(ProcessHandle process, Secrets secrets) {
        return process.info()
                .arguments()
                .flatMap(
                        arguments ->
                                Arrays.stream(Service.values())
                                        .filter(
                                                service ->
                                                        Arrays.asList(arguments)
                                                                .contains(
                                                                        ServiceProcess.mark(
                                                                                secrets, service)))
                                        .findFirst());
    }

    /** Stops them, and says so in one line where there were any. Answers whether there were. */
    static boolean stop(DataDir dir, Secrets secrets, PrintStream out) {
        awaitHelpers(dir);
        List<String> stopped = new ArrayList<>();
        Map<Service, ProcessHandle> services = services(secrets);
        services.forEach(
                (service, process) -> {
                    process.destroy();
                    stopped.add("%s (%d)".formatted(service.id(), process.pid()));
                });
        services.forEach(
                (service, process) -> {
                    String mark = ServiceProcess.mark(secrets, service);
                    if (!gone(process, mark)) {
                        process.destroyForcibly();
                        if (!gone(process, mark)) {
                            throw new LauncherException(
                                    "%s (process %d) of an earlier run cannot be stopped"
                                            .formatted(service.id(), process.pid()));
                        }
                    }
                });
        Postmaster.of(dir)
                .ifPresent(
                        postmaster -> {
                            postmaster.stop();
                            stopped.add("postgres (%d)".formatted(postmaster.pid()));
                        });
        if (!stopped.isEmpty()) {
            out.println("Stopped what a killed run had left: " + String.join(", ", stopped));
        }
        return !stopped.isEmpty();
    }

    /** A launcher may be killed while it creates or starts PostgreSQL; that soon ends by itself. */
    private static void awaitHelpers(DataDir dir) {
        List<String> marks =
                List.of(
                        Postgres.dataArgument(dir.postgres()),
                        Postgres.dataArgument(dir.postgresAside()));
        boolean ended =
                Processes.await(
                        () ->
                                ProcessHandle.allProcesses()
                                        .noneMatch(
                                                process ->
                                                        marks.stream()
                                                                .anyMatch(
                                                                        mark ->
                                                                                Processes.runsWith(
                                                                                        process,
                                                                                        mark))),
                        Duration.ofSeconds(Postgres.START_LIMIT_SECONDS + 10));
        if (!ended) {
            throw new LauncherException(
                    "A killed run has left a process that still starts PostgreSQL on "
                            + dir.postgres());
        }
    }

    private static boolean gone(ProcessHandle process, String mark) {
        return Processes.await(() -> !Processes.runsWith(process, mark), STOP_LIMIT);
    }
}
