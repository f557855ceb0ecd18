package dev.acey.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One service as a process of its own. */
final class ServiceProcess implements Part {

    /** Longer than the ten seconds a service gives the requests it is still answering. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final Service service;
    private final Settings settings;
    private final DataDir dir;
    private final Secrets secrets;
    private final PrintStream out;
    private volatile boolean migrated;
    private volatile Process process;

    ServiceProcess(
            Service service, Settings settings, DataDir dir, Secrets secrets, PrintStream out) {
        this.service = service;
        this.settings = settings;
        this.dir = dir;
        this.secrets = secrets;
        this.out = out;
    }

    /** The argument that marks a process as this data folder's service. */
    static String mark(Secrets secrets, Service service) {
        return "-Dacey.process=" + secrets.instance() + "/" + service.id();
    }

    Service service() {
        return service;
    }

    /** From the first time it was ready, a restart need not migrate again. */
    void ready() {
        migrated = true;
    }

    @Override
    public String name() {
        return service.id();
    }

    @Override
    public void start() {
        Path jar = service.jar(settings.root());
        if (!Files.exists(jar)) {
            throw new LauncherException(jar + " is missing: the service has not been built");
        }
        try {
            ProcessBuilder builder = new ProcessBuilder(command(jar));
            builder.directory(dir.files(service).toFile());
            builder.environment()
                    .putAll(
                            ServiceEnvironment.of(
                                    service, settings, secrets, dir.files(service), !migrated));
            builder.redirectErrorStream(true);
            builder.redirectOutput(
                    ProcessBuilder.Redirect.appendTo(dir.log(service.id()).toFile()));
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new LauncherException(
                    "%s could not be started: %s".formatted(service.id(), e.getMessage()), e);
        }
    }

    /**
     * The shell in front makes the service ignore what a terminal sends to every process in it
     * (Ctrl-C, hanging up): the launcher alone hears that, and stops the services in order.
     */
    private List<String> command(Path jar) {
        return List.of(
                "/bin/sh",
                "-c",
                "trap '' INT HUP; exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-XX:+ExitOnOutOfMemoryError",
                mark(secrets, service),
                "-jar",
                jar.toString());
    }

    @Override
    public boolean alive() {
        return process != null && process.isAlive();
    }

    @Override
    public void stop() {
        if (!alive()) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                out.printf(
                        "%s has not stopped within %d s, killing it%n",
                        name(), STOP_LIMIT.toSeconds());
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while stopping " + name(), e);
        }
    }
}
