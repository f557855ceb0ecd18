package dev.acey.simulation.ask;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.simulation.cases.Budget;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.charset.StandardCharsets;

/**
 * A registered model, as far as it matters here.
 *
 * @param pricing null where nobody said what it costs
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record Model(String name, Pricing pricing) {

    /** For what surrounds each message and the request as a whole. */
    private static final int TOKENS_AROUND = 16;

    private static final double MILLION = 1e6;

    /**
     * What it costs.
     *
     * @param promptPerMillion US dollars for a million tokens
     * @param completionPerMillion US dollars for a million tokens
     */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Pricing(double promptPerMillion, double completionPerMillion) {}

    /**
     * Nanodollars a request may cost at most; 0 where the model has no price. A token is at least a
     * byte of what is sent.
     *
     * @param completionTokens the longest answer it asks for
     */
    public long mostCost(ObjectNode request, long completionTokens) {
        if (pricing == null) {
            return 0;
        }
        long promptTokens =
                request.toString().getBytes(StandardCharsets.UTF_8).length
                        + (long) TOKENS_AROUND * (1 + request.path("messages").size());
        return Budget.nano(
                (promptTokens * pricing.promptPerMillion()
                                + completionTokens * pricing.completionPerMillion())
                        / MILLION);
    }
}
