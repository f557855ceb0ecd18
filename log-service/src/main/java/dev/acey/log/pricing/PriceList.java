package dev.acey.log.pricing;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;

/** The prices of models by the name they are registered under. */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record PriceList(Map<String, Price> prices) {

    PriceList {
        prices = prices == null ? Map.of() : Map.copyOf(prices);
    }
}
