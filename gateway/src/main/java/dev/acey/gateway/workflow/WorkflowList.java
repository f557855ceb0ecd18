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

    /** A page that was asked for with this limit: a full one may have others behind it. */
    static WorkflowList of(List<Job> page, int limit) {
        boolean full = page.size() == limit;
        return new WorkflowList(
                page.stream().map(Item::of).toList(),
                full ? Cursor.encode(page.get(limit - 1).id().toString()) : null);
    }
}
