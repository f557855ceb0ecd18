package dev.acey.launcher;

import dev.acey.launcher.demo.Demo;
import dev.acey.launcher.demo.StubModel;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line: {@code acey up|down|status|verify-evidence}. */
@Command(
        name = "acey",
        description = "Runs Acey Loop on this machine.",
        synopsisSubcommandLabel = "(up | down | status | verify-evidence)")
final class Main {

    private static final String NEXT =
            """
            Try next:
              curl %1$s/health
              curl -X POST %1$s/api/log -H "Content-Type: application/json" \\
                -d '{"taskType":"game","llmPrompt":"Test","aceyOutput":{"speech":"Test output","intents":[]}}'
              curl %1$s/api/logs/stats

            Ctrl-C stops everything, and so does `./acey down`.
            """;

    private static final String DEMO =
            """
            A stub plays the models demo-calm, demo-fresh, demo-hype and demo-broken:
              curl %1$s/v1/chat/completions -H "Content-Type: application/json" \\
                -d '{"model":"acey/game","messages":[{"role":"user","content":"Your turn"}]}'
              curl %2$s/control
              curl -X PATCH %2$s/control/fresh -d '{"errorRate":0.3}'

            """;

    @SuppressWarnings("unused") // that it is there makes picocli answer it
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Shows this.")
    private boolean help;

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final PrintStream out = System.out;

    /** Ends the process with the command's exit code, also where a signal asked it to stop. */
    public static void main(String[] arguments) {
        // The one library here that logs has nothing to say that is not in an exception as well.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        Main main = new Main();
        CountDownLatch done = new CountDownLatch(1);
        int[] exitCode = {1};
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    main.stopped.countDown();
                                    try {
                                        done.await();
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                    Runtime.getRuntime().halt(exitCode[0]);
                                },
                                "stop"));
        exitCode[0] =
                new CommandLine(main)
                        .setExecutionExceptionHandler((e, command, parsed) -> main.failed(e))
                        .execute(arguments);
        done.countDown();
        System.exit(exitCode[0]);
    }

    @Command(description = "Starts everything, and keeps it running until Ctrl-C.")
    int up(
            @Option(names = "--data", paramLabel = "DIR", description = "Default: ~/.acey")
                    Path data,
            @Option(
                            names = "--port-offset",
                            paramLabel = "N",
                            description = "Added to every port. Default: 0")
                    int portOffset,
            @Option(
                            names = "--demo",
                            description =
                                    "With a stub model, which every task nothing serves yet uses.")
                    boolean demo)
            throws InterruptedException {
        long begun = System.nanoTime();
        Settings settings = new Settings(root(), folder(data), portOffset);
        DataDir dir = DataDir.open(settings.data());
        try (RunLock lock = RunLock.acquire(dir)) {
            new Running(ProcessHandle.current().pid(), portOffset).write(dir);
            out.println("Starting Acey Loop, its data is in " + dir.path());
            try (StubModel stub = demo ? stub(settings) : null;
                    Up up = Up.start(settings, dir, out, stopped)) {
                if (demo) {
                    setUp(settings, stub);
                }
                Duration took = Duration.ofNanos(System.nanoTime() - begun);
                out.printf("Ready after %d.%d s%n%n", took.toSeconds(), took.toMillisPart() / 100);
                out.println(Overview.of(settings, dir, Secrets.load(dir)));
                if (demo) {
                    out.printf(DEMO, settings.url(Service.GATEWAY), stub.url());
                }
                out.printf(NEXT, settings.url(Service.GATEWAY));
                stopped.await();
                out.println("Stopping");
            } finally {
                Running.delete(dir);
            }
        }
        return 0;
    }

    private static StubModel stub(Settings settings) {
        try {
            return StubModel.start(settings.stubPort(), Clock.systemUTC());
        } catch (IOException e) {
            throw new LauncherException(
                    "The stub model cannot listen on port %d (%s); stop what does, or move all ports with --port-offset N"
                            .formatted(settings.stubPort(), e.getMessage()),
                    e);
        }
    }

    private static void setUp(Settings settings, StubModel stub) throws InterruptedException {
        try {
            new Demo(settings.url(Service.GATEWAY), stub.url()).setUp();
        } catch (IOException e) {
            throw new LauncherException("The demo cannot be set up: " + e.getMessage(), e);
        }
    }

    @Command(description = "Stops what runs, also what a killed run has left.")
    void down(
            @Option(names = "--data", paramLabel = "DIR", description = "Default: ~/.acey")
                    Path data) {
        Down.stop(folder(data), out);
    }

    @Command(
            description = "Shows what runs.",
            exitCodeListHeading = "Exit codes:%n",
            exitCodeList = {
                "0:every part is ready",
                "1:some part is not ready",
                "3:Acey Loop is not running"
            })
    int status(
            @Option(names = "--data", paramLabel = "DIR", description = "Default: ~/.acey")
                    Path data) {
        return Status.show(root(), folder(data), out);
    }

    @Command(
            name = "verify-evidence",
            description = "Computes every verdict of a rollout's evidence again, offline.",
            exitCodeListHeading = "Exit codes:%n",
            exitCodeList = {
                "0:every verdict agrees",
                "1:something differs, and where",
                "2:the file cannot be read or is not whole"
            })
    int verifyEvidence(
            @Parameters(
                            paramLabel = "FILE",
                            description = "What /api/rollouts/ID/evidence answered")
                    Path file)
            throws IOException, InterruptedException {
        return EvidenceProgram.run(root(), file);
    }

    private static Path root() {
        return Path.of(System.getProperty("acey.root", ""));
    }

    private static Path folder(Path data) {
        if (data != null) {
            return data.toAbsolutePath().normalize();
        }
        String home =
                Optional.ofNullable(System.getenv("HOME"))
                        .filter(value -> !value.isBlank())
                        .orElse(System.getProperty("user.home"));
        return Path.of(home, ".acey");
    }

    private int failed(Exception e) throws Exception {
        if (e instanceof CancellationException) {
            out.println("Stopped before everything was ready");
            return 0;
        }
        if (e instanceof LauncherException) {
            System.err.println("acey: " + e.getMessage());
            return 1;
        }
        if (e instanceof UncheckedIOException io) {
            System.err.println("acey: " + io.getCause());
            return 1;
        }
        throw e;
    }
}
