package dev.acey.gateway.events;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.acey.gateway.MockServices;
import dev.acey.gateway.upstream.Service;
import dev.acey.kit.test.PostgresServer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Services that tell events, as the gateway meets them. */
public final class Told {

    private Told() {}

    /** A service tells these, behind all it told before; their ids. */
    public static List<String> by(
            Service service, MockServices services, PostgresServer postgres, String... types) {
        String position =
                postgres.query(
                        "SELECT position FROM gateway.followed WHERE feed = '"
                                + service.key()
                                + "'");
        long number = Long.parseLong(position.substring(position.indexOf('-') + 1));
        List<String> ids =
                Stream.of(types).map(t -> UuidCreator.getTimeOrderedEpoch().toString()).toList();
        String events =
                IntStream.range(0, types.length)
                        .mapToObj(i -> event(ids.get(i), types[i]))
                        .collect(Collectors.joining(", "));
        services.get(service)
                .stubFor(
                        get(urlPathEqualTo("/internal/events"))
                                .withQueryParam("after", equalTo(position))
                                .atPriority(1)
                                .willReturn(
                                        okJson(
                                                "{\"events\": [%s], \"next\": \"1-%d\"}"
                                                        .formatted(
                                                                events, number + types.length))));
        return ids;
    }

    private static String event(String id, String type) {
        return """
               {"id": "%s", "type": "%s", "subject": "task:game",
                "data": {"rule": "errorRate", "value": 0.07, "threshold": 0.05},
                "at": "2026-01-15T04:05:06.123Z"}
               """
                .formatted(id, type);
    }
}
