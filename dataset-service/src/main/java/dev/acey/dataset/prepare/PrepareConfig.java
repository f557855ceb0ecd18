package dev.acey.dataset.prepare;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.kit.job.Job;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * What a preparation's job holds. Earlier releases also said what they did not apply.
 *
 * @param request as it was sent, to know it again
 */
@RegisterForReflection
@JsonIgnoreProperties("notApplied")
record PrepareConfig(PrepareCommand request, PrepareSettings settings) {

    static PrepareConfig of(PrepareCommand request, Instant now) {
        return new PrepareConfig(request, PrepareSettings.of(request, now));
    }

    static PrepareConfig of(Job job, ObjectMapper json) {
        try {
            return json.treeToValue(job.config(), PrepareConfig.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("job " + job.id() + " holds no preparation", e);
        }
    }
}
