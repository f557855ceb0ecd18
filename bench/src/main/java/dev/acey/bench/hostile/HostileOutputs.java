package dev.acey.bench.hostile;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.rules.Limits;
import dev.acey.rules.Memory;
import dev.acey.rules.Moderation;
import dev.acey.rules.Persona;
import dev.acey.rules.RuleState;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Outputs and states as large as they may be. */
final class HostileOutputs {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private HostileOutputs() {}

    static ObjectNode text(String speech) {
        return JSON.objectNode().put("speech", speech);
    }

    /** This, again and again, as long as a text may be. */
    static ObjectNode speech(String part) {
        return text(part.repeat((Limits.MAX_OUTPUT_TEXT - 100) / part.length()));
    }

    static ObjectNode intents(int count) {
        return intents(count, i -> intent("a"));
    }

    static ObjectNode memories(int count) {
        return intents(
                count,
                i -> intent("memory_proposal").put("confidence", 1).put("text", "memory x" + i));
    }

    static ObjectNode signals(int count) {
        return intents(
                count, i -> intent("trust_signal").put("user", "u" + i % 5).put("delta", 0.0001));
    }

    static ObjectNode types(int count) {
        return intents(count, i -> intent("x".repeat(190) + i));
    }

    static ObjectNode wide(int fields) {
        ObjectNode output = JSON.objectNode();
        IntStream.range(0, fields).forEach(i -> output.put("f" + i, i));
        return output;
    }

    static ObjectNode twins(int fields) {
        ObjectNode output = JSON.objectNode();
        output.set("a", wide(fields));
        output.set("b", wide(fields));
        return output;
    }

    static ObjectNode list(int items) {
        ArrayNode list = JSON.arrayNode();
        IntStream.range(0, items).forEach(list::add);
        return JSON.objectNode().set("l", list);
    }

    /** Remembers and moderates as many texts as it may, all with this start. */
    static RuleState remembering(String start) {
        List<Memory> memories =
                IntStream.range(0, Limits.MAX_MEMORIES)
                        .mapToObj(i -> new Memory(start + i, HostileRules.AT))
                        .toList();
        List<Moderation> moderation =
                IntStream.range(0, Limits.MAX_MODERATION)
                        .mapToObj(i -> new Moderation(start + i, HostileRules.AT))
                        .toList();
        return new RuleState(Persona.NEUTRAL, Map.of(), memories, moderation);
    }

    private static ObjectNode intents(int count, IntFunction<ObjectNode> intent) {
        ArrayNode intents = JSON.arrayNode();
        IntStream.range(0, count).forEach(i -> intents.add(intent.apply(i)));
        return JSON.objectNode().set("intents", intents);
    }

    private static ObjectNode intent(String type) {
        return JSON.objectNode().put("type", type);
    }
}
