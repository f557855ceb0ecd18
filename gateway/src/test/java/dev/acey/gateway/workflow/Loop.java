package dev.acey.gateway.workflow;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.acey.gateway.MockServices;
import dev.acey.gateway.upstream.Service;
import java.util.List;

/** Four services that are well, as a workflow meets them. */
final class Loop {

    static final String STATS =
            """
            {"totalLogs": 240, "taskTypes": {"game": 60, "website": 180},
             "decisions": {"approved": 180, "modified": 0, "rejected": 60, "pending": 0},
             "autoRuleApplications": 60, "rejections": 60, "averageResponseTime": 700,
             "p95ResponseTime": 1500.5, "totalCost": 1, "averageConfidence": 0.8,
             "errorRate": 0.01, "oldest": null, "newest": null, "storageBytes": 5,
             "retentionDays": null}
            """;

    private static final String ALERTS =
            """
            {"alerts": [
              {"id": "a-1", "rule": "errorRate", "taskType": "game", "variant": "candidate",
               "state": "firing", "value": 0.25, "threshold": 0.05,
               "since": "2026-01-15T04:05:06.123Z", "resolvedAt": null, "reason": null},
              {"id": "a-2", "rule": "errorRate", "taskType": "persona", "variant": null,
               "state": "firing", "value": 0.25, "threshold": 0.05,
               "since": "2026-01-15T04:05:06.123Z", "resolvedAt": null, "reason": null}],
             "nextCursor": null}
            """;

    private Loop() {}

    private static String thresholds(int responseTime, double rejectionRate) {
        return """
                {"errorRate": 0.05, "responseTime": %d, "confidenceDrop": 0.1,
                 "rejectionRate": %s, "minimumSample": 50, "windowSeconds": 900}
                """
                .formatted(responseTime, rejectionRate);
    }

    static void isWell(MockServices services) {
        services.reset();
        services.get(Service.LOG)
                .stubFor(get(urlPathEqualTo("/api/logs/stats")).willReturn(json(200, STATS)));
        services.get(Service.LOG)
                .stubFor(
                        get("/api/alerts/thresholds").willReturn(json(200, thresholds(2000, 0.2))));
        services.get(Service.LOG)
                .stubFor(
                        put("/api/alerts/thresholds").willReturn(json(200, thresholds(1500, 0.3))));
        services.get(Service.LOG)
                .stubFor(
                        get(urlPathEqualTo("/api/alerts"))
                                .withQueryParam("state", equalTo("firing"))
                                .willReturn(json(200, ALERTS)));
        services.get(Service.LOG)
                .stubFor(
                        put("/api/logs/retention")
                                .willReturn(json(200, "{\"logRetentionDays\": 90}")));
        services.get(Service.DATASET)
                .stubFor(
                        post("/api/dataset/prepare").willReturn(json(202, preparation("running"))));
        services.get(Service.DATASET)
                .stubFor(
                        get("/api/dataset/prepare/p-1")
                                .willReturn(json(200, preparation("completed"))));
        services.get(Service.SIMULATION)
                .stubFor(
                        post("/api/simulate").willReturn(json(202, simulation("running", "null"))));
        services.get(Service.SIMULATION)
                .stubFor(
                        get(urlPathMatching("/api/simulate/.*"))
                                .willReturn(json(200, simulation("completed", "\"pass\""))));
        services.get(Service.ROLLOUT)
                .stubFor(
                        get(urlPathEqualTo("/api/tasks"))
                                .willReturn(
                                        json(
                                                200,
                                                """
                                                {"tasks": [
                                                  {"taskType": "game", "baseline": "acey-game-v1",
                                                   "candidate": "acey-game-v2", "risk": "high"},
                                                  {"taskType": "website", "baseline": null,
                                                   "candidate": null, "risk": "medium"}],
                                                 "nextCursor": null}
                                                """)));
    }

    /** Rollout-service begins a rollout of this task, and says of it what {@link #stands} does. */
    static void rollsOut(MockServices services, String task, String id) {
        services.get(Service.ROLLOUT)
                .stubFor(
                        get(urlPathEqualTo("/api/rollouts"))
                                .atPriority(6)
                                .willReturn(json(200, "{\"rollouts\": [], \"nextCursor\": null}")));
        services.get(Service.ROLLOUT)
                .stubFor(
                        post("/api/rollouts")
                                .withRequestBody(matchingJsonPath("$.taskType", equalTo(task)))
                                .willReturn(json(201, rollout(id, task, "running", ""))));
    }

    static void stands(MockServices services, String task, String id, String state, String reason) {
        services.get(Service.ROLLOUT)
                .stubFor(
                        get("/api/rollouts/" + id)
                                .willReturn(json(200, rollout(id, task, state, reason))));
    }

    static String rollout(String id, String task, String state, String reason) {
        return """
               {"id": "%s", "taskType": "%s", "risk": "low", "baseline": "acey-%2$s-v1",
                "candidate": "acey-%2$s-v2", "state": "%s", "stage": 1, "stages": [],
                "guard": {"metrics": [], "verdict": "hold", "reasons": ["%s"]}, "history": []}
               """
                .formatted(id, task, state, reason);
    }

    /** The preparation comes to its end; requests are not forgotten. */
    static void isWellAgain(MockServices services) {
        services.get(Service.DATASET)
                .stubFor(
                        get("/api/dataset/prepare/p-1")
                                .willReturn(json(200, preparation("completed"))));
    }

    static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody(body);
    }

    static String preparation(String state) {
        return """
               {"id": "p-1", "state": "%s",
                "datasets": {"game": {"filename": "game-dataset.jsonl", "count": 51}},
                "summary": {"totalLogs": 240, "totalDatasets": 1, "totalExamples": 51},
                "progress": {"done": 1, "total": 1, "etaSeconds": null}, "error": null}
               """
                .formatted(state);
    }

    static String simulation(String state, String verdict) {
        return """
               {"id": "s-1", "state": "%s", "verdict": %s, "reasons": ["because"],
                "statistics": {"totalLogs": 60, "processedLogs": 60},
                "consistency": {"checked": 60, "agree": 60, "notCheckable": 0, "mismatches": []},
                "flips": {"rate": null}, "drift": {"pValue": null}, "error": null}
               """
                .formatted(state, verdict);
    }

    /** What a workflow had made, in its order: the distinct idempotency keys it posted with. */
    static List<String> keys(MockServices services, Service service, String workflowId) {
        return services.get(service).findAll(postRequestedFor(urlMatching(".*"))).stream()
                .map(Loop::key)
                .filter(key -> key.startsWith(workflowId + "/"))
                .distinct()
                .toList();
    }

    static String key(LoggedRequest request) {
        return request.getHeader("Idempotency-Key");
    }
}
