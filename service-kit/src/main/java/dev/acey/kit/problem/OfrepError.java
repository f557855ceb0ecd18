package dev.acey.kit.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * An error as OpenFeature's remote evaluation protocol has it.
 *
 * @param errorCode {@code GENERAL} where the request is at fault; missing where the service is
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record OfrepError(String errorCode, String errorDetails) {

    static OfrepError of(Problem problem) {
        return new OfrepError(problem.status() < 500 ? "GENERAL" : null, problem.detail());
    }
}
