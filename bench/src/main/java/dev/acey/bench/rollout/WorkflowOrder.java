package dev.acey.bench.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.bench.system.AceySystem;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Two workflows of three tasks in a system of real processes, with stages of seconds. In the first,
 * each task's rollout begins when the one before is promoted, though the gateway is killed with
 * {@code -9} in the middle. In the second, the second candidate turns bad: it is rolled back, and
 * the third task has no rollout until somebody retries the workflow.
 */
public final class WorkflowOrder implements AutoCloseable {

    private static final int USERS = 12;
    private static final String TURNING = "bench-turning";
    private static final String ITS_PERSONA = "hype";

    private final AceySystem system;
    private final Stage stage;
    private final URI gateway;
    private Traffic users;
    private String busy = "";

    private WorkflowOrder(AceySystem system) {
        this.system = system;
        this.stage = new Stage(system);
        this.gateway = system.gateway("/");
    }

    /** What happens beside a workflow, each time it is looked at. */
    private interface Beside {
        void look(String taskType, JsonNode rollout) throws IOException, InterruptedException;
    }

    /**
     * Run from the repository's root, without arguments; ends with 1 where the order is another.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(Stage.QUICK);
        environment.put("ACEY_ROLLOUT_STAGE_SECONDS", "3");
        environment.put("ACEY_WORKFLOWS_LOOK_EVERY", "1s");
        boolean stands;
        try (AceySystem system = AceySystem.startWithStub(environment);
                WorkflowOrder run = new WorkflowOrder(system)) {
            run.stage.setUp();
            run.stage.model(TURNING, ITS_PERSONA);
            stands = run.goodOnes();
            stands &= run.aBadOne();
        }
        System.exit(stands ? 0 : 1);
    }

    private boolean goodOnes() throws IOException, InterruptedException {
        List<String> tasks = List.of("order-c", "order-a", "order-b");
        String workflow =
                start(
                        tasks,
                        Map.of(
                                "order-a",
                                Stage.NEXT,
                                "order-b",
                                Stage.NEXT,
                                "order-c",
                                Stage.NEXT));
        boolean[] killed = {false};
        JsonNode end =
                follow(
                        workflow,
                        (taskType, rollout) -> {
                            if (taskType.equals("order-a") && !killed[0]) {
                                killed[0] = true;
                                system.process("gateway").destroyForcibly();
                                System.out.println("the gateway is killed, order-a rolls out");
                            }
                        });
        return isAs(
                end,
                "completed",
                tasks,
                List.of("order-c promoted", "order-a promoted", "order-b promoted"));
    }

    private boolean aBadOne() throws IOException, InterruptedException {
        List<String> tasks = List.of("turn-b", "turn-c", "turn-a");
        String workflow =
                start(tasks, Map.of("turn-b", Stage.NEXT, "turn-c", TURNING, "turn-a", Stage.NEXT));
        JsonNode failed =
                follow(
                        workflow,
                        (taskType, rollout) -> {
                            if (taskType.equals("turn-c") && rollout.path("stage").asInt() > 0) {
                                stage.behave(ITS_PERSONA, "{\"errorRate\": 0.8}");
                            }
                        });
        boolean stands =
                isAs(failed, "failed", tasks, List.of("turn-b promoted", "turn-c rolled_back"));
        stage.behave(ITS_PERSONA, "{\"errorRate\": 0.0}");
        stage.awaitAnswer(TURNING);
        stage.api()
                .send(
                        "POST",
                        gateway.resolve("/api/workflow/" + workflow + "/retry"),
                        "{\"actor\": \"bench\", \"reason\": \"its provider is well again\"}")
                .good();
        System.out.println("its provider is well again, and the workflow is retried");
        return stands
                & isAs(
                        follow(workflow, (taskType, rollout) -> {}),
                        "completed",
                        tasks,
                        List.of(
                                "turn-b promoted",
                                "turn-c rolled_back",
                                "turn-c promoted",
                                "turn-a promoted"));
    }

    /** Records calls of each task, and starts a workflow that deploys them in this order. */
    private String start(List<String> tasks, Map<String, String> candidates)
            throws IOException, InterruptedException {
        for (String taskType : tasks) {
            stage.task(taskType, "low");
            serve(taskType);
            stage.awaitRecord(taskType);
        }
        close();
        busy = "";
        ObjectNode order = JsonNodeFactory.instance.objectNode();
        ObjectNode config = order.putObject("config");
        config.put("prepareDatasets", false).put("monitorMetrics", false);
        tasks.stream().sorted().forEach(config.putArray("taskTypes")::add);
        tasks.forEach(config.putArray("deploymentStages")::add);
        candidates.forEach(config.putObject("candidates")::put);
        JsonNode started =
                stage.api()
                        .send("POST", gateway.resolve("/api/workflow/start"), order.toString())
                        .good()
                        .json();
        System.out.printf("%s deploys %s%n", started.path("workflowId").asText(), tasks);
        return started.path("workflowId").asText();
    }

    /** Users ask for one task at a time. */
    private void serve(String taskType) throws InterruptedException {
        if (!busy.equals(taskType)) {
            close();
            busy = taskType;
            users = new Traffic(List.of(gateway), taskType, Stage.NEXT, USERS);
        }
    }

    /** Has users ask for whatever is being rolled out, until the workflow ends. */
    private JsonNode follow(String workflow, Beside beside)
            throws IOException, InterruptedException {
        boolean away = false;
        while (true) {
            try {
                JsonNode status = ask("/api/workflow/status/" + workflow);
                away = false;
                if (!status.path("endedAt").isNull()) {
                    return status;
                }
                for (JsonNode task : deployment(status)) {
                    String outcome = task.path("outcome").asText();
                    if (outcome.equals("running") || outcome.equals("paused")) {
                        serve(task.path("taskType").asText());
                        beside.look(busy, ask("/api/rollouts/" + task.path("rolloutId").asText()));
                    }
                }
            } catch (IOException e) {
                if (!away) {
                    System.out.println("the gateway is away: " + e.getMessage());
                }
                away = true;
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    /** A gateway that has just begun may have to wait for others, as for one that is not there. */
    private JsonNode ask(String path) throws IOException, InterruptedException {
        Api.Answer answer = stage.api().get(gateway.resolve(path));
        if (answer.status() == 503) {
            throw new IOException(answer.body());
        }
        return answer.good().json();
    }

    private static JsonNode deployment(JsonNode status) {
        for (JsonNode step : status.path("steps")) {
            if (step.path("name").asText().equals("gradual_deployment")) {
                return step.path("result").path("stages");
            }
        }
        throw new IllegalStateException("no such step: " + status);
    }

    /** Whether these rollouts there were and no other, each begun after the one before ended. */
    private boolean isAs(JsonNode end, String status, List<String> tasks, List<String> expected)
            throws IOException, InterruptedException {
        List<JsonNode> rollouts = new ArrayList<>();
        for (JsonNode rollout :
                stage.api()
                        .get(gateway.resolve("/api/rollouts?limit=1000"))
                        .good()
                        .json()
                        .path("rollouts")) {
            if (tasks.contains(rollout.path("taskType").asText())) {
                rollouts.add(0, rollout);
            }
        }
        List<String> seen = new ArrayList<>();
        boolean inOrder = true;
        String before = "";
        for (JsonNode rollout : rollouts) {
            String begun = rollout.path("createdAt").asText();
            String ended = rollout.path("endedAt").asText();
            inOrder &= begun.compareTo(before) >= 0;
            before = ended;
            seen.add(rollout.path("taskType").asText() + " " + rollout.path("state").asText());
            System.out.printf("  %s: %s to %s%n", seen.get(seen.size() - 1), begun, ended);
        }
        boolean stands =
                inOrder && seen.equals(expected) && end.path("status").asText().equals(status);
        System.out.printf(
                "%s is %s%s: %s%n",
                end.path("workflowId").asText(),
                end.path("status").asText(),
                end.path("error").isNull() ? "" : ", " + end.path("error").path("detail").asText(),
                stands ? "as it should be" : "NOT as expected, " + expected);
        return stands;
    }

    @Override
    public void close() throws InterruptedException {
        if (users != null) {
            users.close();
        }
    }
}
