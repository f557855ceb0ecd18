package dev.acey.rules;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Writes a rule set as the JSON document it stands for. What is as it would be without being said
 * is left out, so that saying it makes no difference and a field added later does not rename older
 * sets.
 */
final class RuleSetWriter {
    private RuleSetWriter() {}

    static ObjectNode write(String description, List<Rule> rules) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        if (!description.isEmpty()) {
            document.put("description", description);
        }
        ArrayNode list = document.putArray("rules");
        rules.forEach(rule -> list.add(write(rule)));
        return document;
    }

    private static ObjectNode write(Rule rule) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", rule.id());
        if (!rule.description().isEmpty()) {
            node.put("description", rule.description());
        }
        if (!rule.enabled()) {
            node.put("enabled", false);
        }
        if (rule.on().size() == 1) {
            node.put("on", rule.on().get(0));
        } else {
            ArrayNode on = node.putArray("on");
            rule.on().forEach(on::add);
        }
        if (!rule.params().isEmpty()) {
            ObjectNode params = node.putObject("params");
            rule.params().forEach(params::put);
        }
        if (!rule.when().equals(Rule.ALWAYS)) {
            node.put("when", rule.when());
        }
        node.put("effect", rule.effect().json());
        if (!rule.set().isEmpty()) {
            ObjectNode set = node.putObject("set");
            rule.set().forEach(set::put);
        }
        return node.put("reason", rule.reason());
    }
}
