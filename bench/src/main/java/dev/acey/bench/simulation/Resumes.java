package dev.acey.bench.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.bench.system.AceySystem;
import dev.acey.bench.system.Http;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A simulation that asks a model about many cases, first undisturbed, then with simulation-service
 * killed with -9 at random moments: the calls made beyond the cases must be at most those that were
 * under way at each kill, the result must be the same, and never may more calls be under way than
 * is set.
 *
 * <p>Arguments: how many cases, 5,000 unless given; how many kills, 10 unless given.
 */
public final class Resumes {

    private static final int CONCURRENCY = 8;
    private static final int DELAY_MS = 100;

    private final AceySystem system;
    private final Http http = new Http();
    private final Runs runs;
    private final Random random = new Random();
    private final int cases;
    private final int kills;

    private Resumes(AceySystem system, int cases, int kills) {
        this.system = system;
        this.runs = new Runs(system, http);
        this.cases = cases;
        this.kills = kills;
    }

    public static void main(String[] args) throws Exception {
        int cases = args.length > 0 ? Integer.parseInt(args[0]) : 5_000;
        int kills = args.length > 1 ? Integer.parseInt(args[1]) : 10;
        Map<String, String> environment =
                Map.of(
                        "ACEY_SIMULATION_ASK_CONCURRENCY", "" + CONCURRENCY,
                        "ACEY_SIMULATION_ASK_TIMEOUT", "3s",
                        "ACEY_JOBS_LEASE", "5s");
        try (AceySystem system = AceySystem.start(environment);
                ModelStub stub = ModelStub.start(DELAY_MS)) {
            new Resumes(system, cases, kills).run(stub);
        }
    }

    private void run(ModelStub stub) throws Exception {
        stub.register(system, http, "resumes");
        http.await(system.service("rollout", "/internal/rules/active"));
        log();

        JsonNode calm = runs.end(begin());
        int before = stub.calls();
        System.out.printf("undisturbed: %d cases, %d calls%n", cases, before);
        Runs.check(before == cases, "each case is asked about once");

        URI run = begin();
        int underWay = 0;
        int killed = 0;
        while (killed < kills && progress(run, killed + 1)) {
            Runs.pause(random.nextInt(300));
            system.kill("simulation");
            int now = underWay();
            underWay += now;
            killed++;
            System.out.printf("kill %d with %d calls under way%n", killed, now);
        }
        JsonNode disturbed = runs.end(run);
        int beyond = stub.calls() - before - cases;
        System.out.printf(
                "killed %d times: %d calls beyond the cases, %d were under way at the kills; at"
                        + " most %d calls at once, %d allowed%n",
                killed, beyond, underWay, stub.mostUnderWay(), CONCURRENCY);
        Runs.check(killed == kills, "it ended before the last kill");
        Runs.check(beyond <= underWay, "more calls were made again than were under way");
        Runs.check(stub.mostUnderWay() <= CONCURRENCY, "more calls at once than allowed");
        Runs.check(outcome(calm).equals(outcome(disturbed)), "the results differ");
        System.out.println("the results are the same");
    }

    private void log() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < cases; i++) {
            lines.append(
                    """
                    {"taskType":"game","llmPrompt":"What about hand %d?",\
                    "aceyOutput":{"speech":"That was hand %d. Who is next?","intents":[]}}
                    """
                            .formatted(i, i % 97));
        }
        JsonNode answer =
                http.post(system.gateway("/api/logs"), "application/x-ndjson", lines.toString());
        Runs.check(answer.path("accepted").asInt() == cases, "not all are logged: " + answer);
    }

    private URI begin() {
        ObjectNode order = JsonNodeFactory.instance.objectNode();
        order.putObject("select").put("sampleSize", cases).put("taskType", "game").put("seed", 1);
        order.putObject("config").put("candidateModel", "resumes").put("seed", 1);
        return runs.begin("/api/simulate", order);
    }

    /** Waits until a share of the cases has been asked about; false if it ended before. */
    private boolean progress(URI run, int share) {
        long wanted = (long) cases * share / (kills + 1);
        while (true) {
            JsonNode now = runs.look(run);
            if (now != null && !now.path("state").asText().equals("running")) {
                return false;
            }
            if (now != null && answered() - cases >= wanted) {
                return true;
            }
            Runs.pause(50);
        }
    }

    private int underWay() throws SQLException {
        return count("SELECT count(*) FROM simulation.simulation_ask WHERE until IS NOT NULL");
    }

    private int answered() {
        try {
            return count("SELECT count(*) FROM simulation.simulation_ask WHERE answer IS NOT NULL");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private int count(String query) throws SQLException {
        try (Connection connection = system.database();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** All but its name, its times, what it took and what models took. */
    private static JsonNode outcome(JsonNode simulation) {
        ObjectNode outcome = simulation.deepCopy();
        outcome.remove(List.of("id", "createdAt", "startedAt", "endedAt", "progress"));
        ((ObjectNode) outcome.get("asked")).remove(List.of("calls", "dollars"));
        ((ObjectNode) outcome.get("comparison")).remove("responseTime");
        return outcome;
    }
}
