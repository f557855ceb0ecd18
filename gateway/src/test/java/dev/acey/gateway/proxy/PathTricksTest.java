package dev.acey.gateway.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acey.gateway.RawHttp;
import dev.acey.gateway.StubServices;
import dev.acey.gateway.upstream.Service;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class PathTricksTest {

    StubServices services;

    @io.quarkus.test.common.http.TestHTTPResource("/")
    java.net.URL gateway;

    @BeforeEach
    void everybodySaysHello() {
        for (Service service : Service.values()) {
            services.get(service)
                    .answer(request -> request.response().end("hello from " + service.key()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/log, log",
        "/api/logs, log",
        "/api/logs/, log",
        "/api/logs/x/feedback, log",
        "/api/logs/stats?from=2026-01-01T00:00:00Z&to=../internal//;, log",
        "/api/dataset/prepare, dataset",
        "/api/dataset/game-dataset.jsonl, dataset",
        "/api/dataset/game-dataset.jsonl/diff?from=1&to=2, dataset",
        "/api/dataset/game-dataset.jsonl/manifest, dataset",
        "/api/dataset/prepare/1/events, dataset",
        "/api/finetune, dataset",
        "/api/finetune/1, dataset",
        "/api/finetune/1/cancel, dataset",
        "/api/finetune/1/events, dataset",
        "/api/subjects/nina, dataset",
        "/api/subjects/a%2Fb%5Cc%3Bd%0A%F0%9F%98%80..e, dataset",
        "/api/subjects/erasures/1, dataset",
        "/api/simulate, simulation",
        "/api/simulate/1/report, simulation",
        "/api/simulate/1/events, simulation",
        "/api/simulate/1/cases?cursor=x, simulation",
        "/api/dryrun, simulation",
        "/api/compare, simulation",
        "/api/models, rollout",
        "/api/models/acey-game-v2, rollout",
        "/api/tasks/game, rollout",
        "/api/tasks/game/rollback, rollout",
        "/api/rollout/kill, rollout",
        "/api/rollouts, rollout",
        "/api/rollouts/1, rollout",
        "/api/rollouts/1/approve, rollout",
        "/api/rollouts/1/events, rollout",
        "/api/rollouts/1/evidence, rollout",
        "/api/rollout/route?taskType=game&key=a%2Fb, rollout",
        "/api/rules/sha256:abc/activate, rollout",
        "/api/rules/sha256:abc/impact, simulation",
        "/api/rules/sha256:abc/impact/1/events, simulation",
        "/api/rules/sha256:abc/impacts, rollout",
        "/api/rules/impact, rollout",
        "/api/process, rollout",
        "/v1/chat/completions, rollout",
        "/v1/models, rollout",
        "/v1/models/acey/game, rollout",
        "/api/channels/caf%C3%A9%20%23main/state, rollout",
        "/ofrep/v1/evaluate/flags, rollout",
        "/ofrep/v1/evaluate/flags/model.game, rollout",
    })
    void aPathGoesToItsOwnerUnchanged(String target, String owner) {
        String answer = RawHttp.get(gateway.getPort(), target);
        assertTrue(answer.endsWith("hello from " + owner), answer);
        Service service = Service.valueOf(owner.toUpperCase(java.util.Locale.ROOT));
        assertEquals(List.of("GET " + target), services.get(service).asked());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/logs",
                "/internal/logs/page?limit=1",
                "/q/health",
                "/q/metrics",
                "/api",
                "/api/",
                "/api/unknown",
                "/api/logsx",
                "/api/log/x",
                "/api/dryrun/x",
                "/api/LOGS",
                "/v1",
                "/v1/chat",
                "/v1/chat/completions/x",
                "/v1/files",
                "/api/logs/../internal/logs",
                "/api/logs/../../internal/logs",
                "/api/logs/..",
                "/api/logs/.",
                "/api/logs/./x",
                "/api/logs/%2e%2e/internal/logs",
                "/api/logs/%2E%2E/%2E%2E/internal/logs",
                "/api/logs/.%2e/internal/logs",
                "/api/logs/..%2f..%2finternal/logs",
                "/api/logs/..%5c..%5cinternal/logs",
                "/api/logs/..\\..\\internal/logs",
                "/api/logs/..;/..;/internal/logs",
                "/api/logs;/../internal/logs",
                "/api/logs;jsessionid=1",
                "/api/logs%3b/x",
                "//internal/logs",
                "/api//logs",
                "/api/logs//internal",
                "//api/logs",
                "/./api/logs",
                "/api/../api/logs",
                "/%61pi/logs",
                "/api%2flogs",
                "/api/logs/%00",
                "/api/logs/%0d%0aX-Evil:%201",
                "/api/subjects/%2e%2e",
                "/api/subjects/a%2f..%2fb%2e",
                "/api/subjects/..",
                "/api/subjects/a/..%2fb",
                "/api/logs/%",
                "/api/logs/%zz",
                "/api/logs/#/../internal",
                "/api/logs/{id}",
                "/api/logs/caf\u00e9",
                "http://gateway/internal/logs",
                "http://gateway/api/logs/../../internal/logs",
                "*",
                "internal/logs",
                "@/internal/logs",
            })
    void whatIsNotListedOrOnlyLooksListedReachesNoService(String target) {
        String answer = RawHttp.get(gateway.getPort(), target);
        assertTrue(answer.startsWith("HTTP/1.1 40"), answer);
        for (Service service : Service.values()) {
            assertEquals(List.of(), services.get(service).asked(), service::title);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/internal/logs", "/api/unknown", "/api/logs/../internal/logs"})
    void whatDoesNotExistIsAProblemDocument(String target) {
        String answer = RawHttp.get(gateway.getPort(), target);
        assertTrue(answer.startsWith("HTTP/1.1 404 "), answer);
        assertTrue(
                answer.toLowerCase(java.util.Locale.ROOT).contains("application/problem+json"),
                answer);
        assertTrue(answer.contains("\"status\":404"), answer);
    }
}
