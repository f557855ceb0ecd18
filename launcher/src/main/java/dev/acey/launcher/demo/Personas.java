package dev.acey.launcher.demo;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The models the stub plays, and how each is told to behave. */
final class Personas {

    /** A typo must not silently change nothing. */
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(
                            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION)
                    .build();

    private final Map<String, Persona> all = new LinkedHashMap<>();

    /** What serves now. */
    static final String CALM = "calm";

    /** As good as what serves now, until it is told otherwise. */
    static final String FRESH = "fresh";

    /** Another voice: a simulation sees that it drifts. */
    static final String HYPE = "hype";

    /** Slow, and fails often: a rollout of it is rolled back. */
    static final String BROKEN = "broken";

    Personas() {
        add(CALM, new Behaviour(120, 60, 0, 0));
        add(FRESH, new Behaviour(100, 60, 0, 0));
        add(HYPE, new Behaviour(100, 60, 0, 0.8));
        add(BROKEN, new Behaviour(900, 1_200, 0.3, 0.3));
    }

    private void add(String name, Behaviour behaviour) {
        all.put(name, new Persona(name, behaviour));
    }

    Collection<Persona> all() {
        return all.values();
    }

    Optional<Persona> find(String name) {
        return Optional.ofNullable(all.get(name));
    }

    /**
     * Changes what the JSON object names and leaves the rest.
     *
     * @throws IllegalArgumentException naming the field and the rule it breaks
     */
    static Behaviour changed(Behaviour before, JsonNode change) {
        if (!change.isObject()) {
            throw new IllegalArgumentException("the body must be a JSON object");
        }
        ObjectNode all = JSON.valueToTree(before);
        all.setAll((ObjectNode) change);
        try {
            return JSON.treeToValue(all, Behaviour.class);
        } catch (ValueInstantiationException e) {
            throw new IllegalArgumentException(e.getCause().getMessage(), e);
        } catch (UnrecognizedPropertyException e) {
            throw new IllegalArgumentException(e.getPropertyName() + " cannot be set", e);
        } catch (JsonMappingException e) {
            throw new IllegalArgumentException(
                    fieldOf(e) + " must be a number; milliseconds are whole", e);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON object can be read", e);
        }
    }

    private static String fieldOf(JsonMappingException e) {
        List<JsonMappingException.Reference> path = e.getPath();
        return path.get(path.size() - 1).getFieldName();
    }
}
