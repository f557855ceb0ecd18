package dev.acey.gateway.calls;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * A page of what serves each task.
 *
 * @param nextCursor null on the last page
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record TaskPage(List<Task> tasks, String nextCursor) {

    /**
     * What serves a task.
     *
     * @param baseline the model that serves it; null without one
     * @param candidate the model that may follow; null without one
     * @param risk {@code low}, {@code medium} or {@code high}
     */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Task(String taskType, String baseline, String candidate, String risk) {}
}
