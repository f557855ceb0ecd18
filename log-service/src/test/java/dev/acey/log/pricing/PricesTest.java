package dev.acey.log.pricing;

import static dev.acey.log.Calls.entry;
import static dev.acey.log.Calls.get;
import static dev.acey.log.Calls.log;
import static dev.acey.log.Calls.newTask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.kit.test.RolloutService;
import dev.acey.log.LogDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@LogDatabase
class PricesTest {

    private static final double TINY = 1e-12;

    @ConfigProperty(name = "acey.data.dir")
    Path data;

    @Inject Prices prices;
    @Inject ObjectMapper json;
    @RestClient ModelsClient client;
    RolloutService rollout;

    @BeforeEach
    void aModelHasAPrice() throws Throwable {
        rollout.listsModels(
                entry(
                        "[{'name':'acey-v2','version':7,'pricing':"
                                + "{'promptPerMillion':3,'completionPerMillion':15}},"
                                + "{'name':'free','pricing':null}]"));
        VertxContextSupport.subscribeAndAwait(prices::follow);
    }

    @AfterEach
    void noModelHasAPrice() throws Throwable {
        rollout.listsModels("[]");
        VertxContextSupport.subscribeAndAwait(prices::follow);
        rollout.knowsNothing();
    }

    @Test
    void whatACallDoesNotSayItCostFollowsFromItsTokens() {
        JsonNode stored = stored("acey-v2", "'promptTokens':1000,'completionTokens':200");
        assertEquals(0.006, stored.path("performance").path("cost").asDouble(), TINY);
    }

    @Test
    void whatACallSaysItCostStays() {
        JsonNode stored = stored("acey-v2", "'promptTokens':9,'completionTokens':9,'cost':0.5");
        assertEquals(0.5, stored.path("performance").path("cost").asDouble());
    }

    @Test
    void withoutAPriceOrBothCountsTheCostIsUnknown() {
        for (String model : new String[] {"free", "unheard-of"}) {
            JsonNode stored = stored(model, "'promptTokens':9,'completionTokens':9");
            assertTrue(stored.path("performance").path("cost").isNull(), model);
        }
        JsonNode half = stored("acey-v2", "'promptTokens':9");
        assertTrue(half.path("performance").path("cost").isNull());
    }

    @Test
    void pricesHoldWhileRolloutServiceIsAwayAndAfterAStart() throws Throwable {
        rollout.isAway();
        VertxContextSupport.subscribeAndAwait(prices::follow);
        String tokens = "'promptTokens':1000000,'completionTokens':0";
        assertEquals(
                3, stored("acey-v2", tokens).path("performance").path("cost").asDouble(), TINY);

        Prices restarted = new Prices(client, json, data);
        restarted.start(null);
        VertxContextSupport.subscribeAndAwait(restarted::follow);
        assertEquals(3, restarted.of("acey-v2").of(1_000_000, 0), TINY);
    }

    private static JsonNode stored(String model, String performance) {
        String id =
                log(entry(
                                "{'taskType':'%s','llmPrompt':'x','performance':{%s},"
                                                .formatted(newTask(), performance)
                                        + "'metadata':{'model':'%s'}}".formatted(model)))
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");
        return get("/api/logs/" + id);
    }
}
