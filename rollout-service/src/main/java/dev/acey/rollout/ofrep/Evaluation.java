package dev.acey.rollout.ofrep;

import dev.acey.rollout.route.Route;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a flag is for a key.
 *
 * @param key {@code model.<taskType>}
 * @param reason one of OpenFeature's
 * @param variant {@code baseline} or {@code candidate}
 * @param value the model's name
 * @param metadata {@code taskType} and, within a rollout, {@code rolloutId} and {@code stage}
 */
@RegisterForReflection
record Evaluation(
        String key, String reason, String variant, String value, Map<String, Object> metadata) {

    private static final String PREFIX = "model.";

    static Evaluation of(String taskType, Route route) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("taskType", taskType);
        if (route.rolloutId() != null) {
            metadata.put("rolloutId", route.rolloutId().toString());
        }
        if (route.stage() != null) {
            metadata.put("stage", route.stage());
        }
        return new Evaluation(
                PREFIX + taskType,
                reason(route.reason()),
                route.variant().name().toLowerCase(Locale.ROOT),
                route.model(),
                metadata);
    }

    /** The task a flag is of; empty text, which is no task's name, for a flag of another kind. */
    static String taskType(String key) {
        return key.startsWith(PREFIX) ? key.substring(PREFIX.length()) : "";
    }

    private static String reason(Route.Reason reason) {
        return switch (reason) {
            case OVERRIDE -> "TARGETING_MATCH";
            case SPLIT -> "SPLIT";
            case NO_ROLLOUT -> "STATIC";
            case KILLED -> "DISABLED";
            case STALE -> "STALE";
        };
    }
}
