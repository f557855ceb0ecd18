package dev.acey.rollout.staged;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.rollout.gate.Passage;
import dev.acey.rollout.lineage.Lineage;
import dev.acey.rollout.plan.Plan;
import dev.acey.rollout.stored.JsonText;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Map;

/** The columns of a rollout that hold JSON. */
final class Columns {

    private Columns() {}

    @Converter
    public static class OfPlan implements AttributeConverter<Plan, String> {

        @Override
        public String convertToDatabaseColumn(Plan plan) {
            return JsonText.write(plan);
        }

        @Override
        public Plan convertToEntityAttribute(String text) {
            return JsonText.read(text, Plan.class);
        }
    }

    @Converter
    public static class OfWatching implements AttributeConverter<Watching, String> {

        @Override
        public String convertToDatabaseColumn(Watching watching) {
            return JsonText.write(watching);
        }

        @Override
        public Watching convertToEntityAttribute(String text) {
            return JsonText.read(text, Watching.class);
        }
    }

    @Converter
    public static class OfPassage implements AttributeConverter<Passage, String> {

        @Override
        public String convertToDatabaseColumn(Passage passage) {
            return JsonText.write(passage);
        }

        @Override
        public Passage convertToEntityAttribute(String text) {
            return JsonText.read(text, Passage.class);
        }
    }

    @Converter
    public static class OfDatasets implements AttributeConverter<Map<String, Lineage>, String> {

        @Override
        public String convertToDatabaseColumn(Map<String, Lineage> datasets) {
            return JsonText.write(datasets);
        }

        @Override
        public Map<String, Lineage> convertToEntityAttribute(String text) {
            return JsonText.readMap(text, Lineage.class);
        }
    }

    @Converter
    public static class OfTree implements AttributeConverter<JsonNode, String> {

        @Override
        public String convertToDatabaseColumn(JsonNode tree) {
            return tree == null ? null : JsonText.write(tree);
        }

        @Override
        public JsonNode convertToEntityAttribute(String text) {
            return text == null ? null : JsonText.read(text, JsonNode.class);
        }
    }
}
