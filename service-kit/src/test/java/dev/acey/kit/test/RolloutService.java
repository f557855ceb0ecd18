package dev.acey.kit.test;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.time.Instant;

/** Stands in for rollout-service as the others see its rule sets. A test says what it knows. */
public final class RolloutService {

    private static final String RULES = "/internal/rules/";
    private static final String ACTIVE = RULES + "active";
    private static final String MODELS = "/api/models";
    private static final int LONG_POLL_MILLIS = 300;

    private final WireMockServer server =
            new WireMockServer(
                    WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
    private long version;

    public RolloutService() {
        server.start();
        knowsNothing();
    }

    public String url() {
        return server.baseUrl();
    }

    /** Knows no rule set, and none is active; lists no model. */
    public void knowsNothing() {
        server.resetAll();
        server.stubFor(get(urlPathMatching(RULES + ".*")).willReturn(aResponse().withStatus(404)));
        server.stubFor(get(urlPathEqualTo(ACTIVE)).willReturn(aResponse().withStatus(503)));
        listsModels("[]");
    }

    public void knows(String hash, String canonical) {
        server.stubFor(get(urlPathEqualTo(RULES + hash)).willReturn(okJson(canonical)));
    }

    /** From now on this set is active; whoever knows that already waits a moment. */
    public void activates(String hash) {
        version++;
        String activation =
                "{\"hash\": \"%s\", \"activatedAt\": \"%s\", \"version\": %d, \"new\": 1}"
                        .formatted(hash, Instant.EPOCH.plusSeconds(version), version);
        server.stubFor(active().willReturn(okJson(activation)));
        server.stubFor(
                active().withQueryParam("known", equalTo(String.valueOf(version)))
                        .willReturn(okJson(activation).withFixedDelay(LONG_POLL_MILLIS)));
    }

    /** Lists these models, a JSON array, on one page. */
    public void listsModels(String models) {
        server.stubFor(
                get(urlPathEqualTo(MODELS))
                        .willReturn(okJson("{\"models\": " + models + ", \"nextCursor\": null}")));
    }

    /** Cannot do its work, until a test says otherwise. */
    public void isAway() {
        server.resetAll();
        server.stubFor(get(urlPathMatching(RULES + ".*")).willReturn(aResponse().withStatus(503)));
        server.stubFor(get(urlPathEqualTo(MODELS)).willReturn(aResponse().withStatus(503)));
    }

    /** How often the text of this set was asked for. */
    public int asked(String hash) {
        return server.findAll(getRequestedFor(urlPathEqualTo(RULES + hash))).size();
    }

    public int askedForTheActiveOne() {
        return asked("active");
    }

    /** For what else a test has it say, until it is to know nothing. */
    public WireMockServer server() {
        return server;
    }

    void stop() {
        server.stop();
    }

    private static MappingBuilder active() {
        return get(urlPathEqualTo(ACTIVE));
    }
}
