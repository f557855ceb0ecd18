package dev.acey.gateway.workflow;

import dev.acey.kit.job.Job;
import dev.acey.kit.job.JobState;
import dev.acey.kit.job.Progress;
import dev.acey.kit.page.Cursor;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;

/**
 * A page of workflows, newest first.
 *
 * @param nextCursor null on the last page
 */
@RegisterForReflection
public record WorkflowList(List<Item> workflows, String nextCursor) {

    /** A workflow in short; its status has more. */
    @RegisterForReflection
    public record Item(
            String workflowId,
            JobState status,
            Progress progress,
            Instant startedAt,
            Instant endedAt) {

        static Item of(Job job) {
            return new Item(
                    job.name(),
                    job.shown().state(),
                    job.progress(),
                    job.createdAt(),
                    job.endedAt());
        }
    }

    /** A page, of which at most {@code limit} are shown and one more says that there are more. */
    static WorkflowList of(List<Job> oneMore, int limit) {
        List<Job> shown = oneMore.subList(0, Math.min(limit, oneMore.size()));
        boolean more = oneMore.size() > limit;
        return new WorkflowList(
                shown.stream().map(Item::of).toList(),
                more ? Cursor.encode(shown.get(limit - 1).id().toString()) : null);
    }
}
