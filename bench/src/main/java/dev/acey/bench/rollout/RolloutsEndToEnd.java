package dev.acey.bench.rollout;

import dev.acey.bench.system.AceySystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Rollouts of every outcome in a system of real processes, with stages of seconds, each begun
 * through the gate by a simulation that asked its candidate. The evidence of each is saved, and
 * checked by {@code ./acey verify-evidence}, also with one number changed.
 */
public final class RolloutsEndToEnd {

    private final Stage stage;
    private final Outcomes outcomes;

    private RolloutsEndToEnd(AceySystem system, Path folder) {
        stage = new Stage(system);
        outcomes = new Outcomes(system, stage, folder);
    }

    /** One rollout, whose candidate one of the stub's personas plays. */
    private interface Scenario {
        void run(String persona) throws IOException, InterruptedException;
    }

    /**
     * Run from the repository's root; ends with 1 where a document is not judged as it should be.
     *
     * @param arguments the folder for the evidence; bench/target/evidence unless said
     */
    public static void main(String[] arguments)
            throws IOException, InterruptedException, ExecutionException {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "bench/target/evidence");
        Files.createDirectories(folder);
        Map<String, String> environment = new HashMap<>(Stage.QUICK);
        environment.put("ACEY_ROLLOUT_SLOW_MILLIS", "1500");
        boolean stands;
        try (AceySystem system = AceySystem.startWithStub(environment)) {
            stands = new RolloutsEndToEnd(system, folder).run();
        }
        System.exit(stands ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException, ExecutionException {
        long begun = System.nanoTime();
        stage.setUp();
        ExecutorService lanes = Executors.newCachedThreadPool();
        List<Future<Void>> running =
                List.of(
                        lane(
                                lanes,
                                "fresh",
                                outcomes::good,
                                outcomes::failsAtHalf,
                                outcomes::approved),
                        lane(
                                lanes,
                                "hype",
                                outcomes::blocked,
                                outcomes::unevenSplit,
                                outcomes::early,
                                outcomes::cancelled),
                        lane(
                                lanes,
                                "broken",
                                outcomes::silent,
                                outcomes::failsAtOnePercent,
                                outcomes::slow,
                                outcomes::failsInShadow,
                                outcomes::killed));
        lanes.shutdown();
        for (Future<Void> lane : running) {
            lane.get();
        }
        outcomes.otherRules("fresh");
        outcomes.baselineFailsAsWell("fresh");
        List<Proof> proofs = outcomes.proofs();
        System.out.println(Proof.HEAD);
        proofs.forEach(proof -> System.out.println(proof.line()));
        System.out.printf(
                "%d rollouts, %.0f s%n", proofs.size(), (System.nanoTime() - begun) / 1e9);
        return proofs.stream().allMatch(Proof::stands);
    }

    /** One after the other: they share the persona. */
    private static Future<Void> lane(ExecutorService lanes, String persona, Scenario... scenarios) {
        return lanes.submit(
                () -> {
                    for (Scenario scenario : scenarios) {
                        scenario.run(persona);
                    }
                    return null;
                });
    }
}
