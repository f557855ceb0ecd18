package dev.acey.log.pricing;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** A page of rollout-service's registered models, as far as it matters here. */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record ModelPage(List<Model> models, String nextCursor) {

    /**
     * @param pricing null where nobody said
     */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Model(String name, Price pricing) {}
}
