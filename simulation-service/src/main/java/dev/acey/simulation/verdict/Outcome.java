package dev.acey.simulation.verdict;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;

/** From best to worst: what is not known is worse than good and better than bad. */
@RegisterForReflection
public enum Outcome {
    PASS,
    INCONCLUSIVE,
    FAIL;

    @JsonValue
    public String json() {
        return name().toLowerCase(Locale.ROOT);
    }

    Outcome worse(Outcome other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
