package dev.acey.rollout.usage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.rollout.model.Pricing;
import java.util.Optional;

/**
 * The tokens of a call.
 *
 * @param estimated whether they were counted here, because the provider said nothing
 */
public record Usage(long promptTokens, long completionTokens, boolean estimated) {

    private static final long MOST = 1_000_000_000;
    private static final double MILLION = 1e6;

    /** What the provider says in {@code usage}; empty where it says nothing usable. */
    public static Optional<Usage> said(JsonNode completion) {
        JsonNode usage = completion.path("usage");
        JsonNode prompt = usage.path("prompt_tokens");
        JsonNode output = usage.path("completion_tokens");
        return isCount(prompt) && isCount(output)
                ? Optional.of(new Usage(prompt.longValue(), output.longValue(), false))
                : Optional.empty();
    }

    /** In US dollars; null where the price is unknown. */
    public Double cost(Pricing pricing) {
        return pricing == null
                ? null
                : Double.valueOf(
                        (promptTokens * pricing.promptPerMillion()
                                        + completionTokens * pricing.completionPerMillion())
                                / MILLION);
    }

    private static boolean isCount(JsonNode tokens) {
        return tokens.isIntegralNumber()
                && tokens.canConvertToLong()
                && tokens.longValue() >= 0
                && tokens.longValue() <= MOST;
    }
}
