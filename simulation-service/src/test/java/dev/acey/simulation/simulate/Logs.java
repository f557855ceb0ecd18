package dev.acey.simulation.simulate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.acey.rules.RuleSet;
import dev.acey.rules.RuleState;
import dev.acey.rules.Verdict;
import dev.acey.simulation.Chatter;
import java.time.Instant;
import java.util.function.BiConsumer;

/** Makes log entries as clients give them and as log-service hands them out. */
public final class Logs {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final Instant AT = Instant.parse("2026-01-15T04:05:06.123Z");

    private Logs() {}

    /** A request with so many logs; each may be changed before it is sent. */
    static ObjectNode request(int count, BiConsumer<Integer, ObjectNode> change) {
        ObjectNode request = JSON.createObjectNode();
        ArrayNode logs = request.putArray("logs");
        for (int i = 0; i < count; i++) {
            ObjectNode log = logs.addObject();
            log.put("taskType", "game").put("llmPrompt", "prompt " + i);
            log.set("aceyOutput", output(Chatter.line(i)));
            change.accept(i, log);
        }
        return request;
    }

    static ObjectNode request(int count) {
        return request(count, (i, log) -> {});
    }

    static ObjectNode output(String speech) {
        ObjectNode output = JSON.createObjectNode().put("speech", speech);
        output.putArray("intents");
        return output;
    }

    /** {@code {logs: […]}} with so many judged entries. */
    public static byte[] sample(int count) {
        return sample(count, (i, verdict) -> {});
    }

    /** {@code {logs: […]}} with so many judged entries; the verdict of each may be changed. */
    static byte[] sample(int count, BiConsumer<Integer, ObjectNode> changeVerdict) {
        ObjectNode sample = JSON.createObjectNode();
        ArrayNode logs = sample.putArray("logs");
        for (int i = 0; i < count; i++) {
            ObjectNode output = output(Chatter.line(i));
            Verdict verdict = RuleSet.shipped().judge(output, RuleState.neutral(), AT);
            ObjectNode log = logs.addObject();
            log.put("id", UuidCreator.getTimeOrderedEpoch(AT).toString());
            log.put("taskType", "game").put("timestamp", AT.toString()).put("llmPrompt", "p" + i);
            log.putObject("context");
            log.putObject("metadata");
            log.set("aceyOutput", output);
            log.put("controlDecision", verdict.decision().json());
            ObjectNode recorded = log.putObject("autoRules");
            recorded.put("ruleSet", verdict.ruleSet()).put("decision", verdict.decision().json());
            recorded.put("action", verdict.action().json()).put("at", AT.toString());
            recorded.putArray("findings");
            recorded.set("state", RuleState.neutral().toJson());
            recorded.put("verdictHash", verdict.hash()).put("replayable", true);
            changeVerdict.accept(i, recorded);
        }
        return bytes(sample);
    }

    static byte[] bytes(JsonNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
