package dev.acey.log.stats;

import static dev.acey.log.Calls.bulk;
import static dev.acey.log.Calls.entry;
import static dev.acey.log.Calls.get;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.json.JsonConventions;
import dev.acey.log.LogDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@LogDatabase
class StatsTest {

    private static final double TINY = 1e-9;

    @Inject Clock clock;

    @Test
    void theFiguresOfADayAreThoseOfItsEntries() {
        Instant day = day(200);
        String memory =
                "'aceyOutput':{'speech':'a','intents':[{'type':'memory_proposal','confidence':%s}]}";
        post(
                day,
                "'taskType':'game','performance':{'responseTime':100,'cost':0.5},"
                        + memory.formatted(0.9),
                "'taskType':'game','performance':{'responseTime':300,'cost':0.25},"
                        + memory.formatted(0.2),
                "'taskType':'audio','error':{'type':'t'}",
                "'taskType':'audio','controlDecision':'pending','llmOutput':'x'",
                "'taskType':'audio','context':{'environment':'shadow'},'llmOutput':'x',"
                        + "'confidence':0,'performance':{'responseTime':9000,'cost':7}",
                "'taskType':'audio','context':{'environment':'test'},'error':{'type':'t'}");
        JsonNode stats = stats(day);
        assertEquals(6, stats.path("totalLogs").asLong());
        assertEquals(entry("{'audio':4,'game':2}"), stats.path("taskTypes").toString());
        assertEquals(
                entry("{'approved':2,'modified':0,'rejected':1,'pending':1}"),
                stats.path("decisions").toString());
        assertEquals(1, stats.path("autoRuleApplications").asLong());
        assertEquals(1, stats.path("rejections").asLong());
        assertEquals(200, stats.path("averageResponseTime").asDouble(), TINY);
        assertEquals(300, stats.path("p95ResponseTime").asDouble(), 3);
        assertEquals(0.75, stats.path("totalCost").asDouble(), TINY);
        assertEquals(0.55, stats.path("averageConfidence").asDouble(), TINY);
        assertEquals(0.25, stats.path("errorRate").asDouble(), TINY);
        assertEquals(day, Instant.parse(stats.path("oldest").asText()));
        assertEquals(day.plus(Duration.ofMinutes(5)), Instant.parse(stats.path("newest").asText()));
        assertTrue(stats.path("storageBytes").asLong() > 0);
        assertEquals(366, stats.path("retentionDays").asInt());
    }

    @Test
    void whereNothingIsStoredCountsAreZeroAndAveragesUnknown() {
        JsonNode stats = stats(day(300));
        assertEquals(0, stats.path("totalLogs").asLong());
        assertEquals("{}", stats.path("taskTypes").toString());
        assertEquals(
                entry("{'approved':0,'modified':0,'rejected':0,'pending':0}"),
                stats.path("decisions").toString());
        assertEquals(0, stats.path("totalCost").asDouble());
        for (String unknown :
                new String[] {
                    "averageResponseTime",
                    "p95ResponseTime",
                    "averageConfidence",
                    "errorRate",
                    "oldest",
                    "newest"
                }) {
            assertTrue(stats.has(unknown) && stats.path(unknown).isNull(), unknown);
        }
    }

    @Test
    void withoutATimeTheFiguresAreOfEverything() {
        long before = get("/api/logs/stats").path("totalLogs").asLong();
        post(day(250), "'taskType':'game'", "'taskType':'game'");
        assertEquals(before + 2, get("/api/logs/stats").path("totalLogs").asLong());
    }

    private Instant day(int daysAgo) {
        return clock.instant().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(daysAgo));
    }

    private static JsonNode stats(Instant day) {
        return get("/api/logs/stats?from=" + day + "&to=" + day.plus(Duration.ofDays(1)));
    }

    private static void post(Instant start, String... entries) {
        String lines =
                IntStream.range(0, entries.length)
                        .mapToObj(i -> line(start.plus(Duration.ofMinutes(i)), entries[i]))
                        .collect(Collectors.joining("\n"));
        bulk("/api/logs", lines).then().body("accepted", equalTo(entries.length));
    }

    private static String line(Instant time, String entry) {
        return entry(
                "{'llmPrompt':'x','timestamp':'%s',%s}"
                        .formatted(JsonConventions.format(time), entry));
    }
}
