package dev.acey.rollout.task;

import dev.acey.kit.entry.LogEntryReader;
import dev.acey.kit.page.Cursor;
import dev.acey.kit.page.Query;
import dev.acey.kit.problem.ProblemException;
import dev.acey.rollout.actor.Actor;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/tasks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Rollouts")
class TaskResource {

    private final Tasks tasks;

    TaskResource(Tasks tasks) {
        this.tasks = tasks;
    }

    record TaskList(List<TaskSettings> tasks, String nextCursor) {}

    @GET
    @Operation(summary = "What serves each task: the eight known ones, then the others by name")
    public Uni<TaskList> list(
            @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        int most = Query.limit(limit);
        String after = Cursor.decode(cursor);
        return tasks.all()
                .map(
                        all -> {
                            int from = after == null ? 0 : indexOf(all, after) + 1;
                            int to = Math.min(all.size(), from + most);
                            String next =
                                    to < all.size()
                                            ? Cursor.encode(all.get(to - 1).taskType())
                                            : null;
                            return new TaskList(all.subList(from, to), next);
                        });
    }

    @PUT
    @Path("/{taskType}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Set which models serve a task")
    public Uni<TaskSettings> put(
            @PathParam("taskType") String taskType, @NotNull @Valid TaskCommand body) {
        check(taskType);
        return tasks.put(taskType, body, Actor.ANONYMOUS);
    }

    @POST
    @Path("/{taskType}/rollback")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Have the baseline before this one serve the task again",
            description =
                    "One version back each time, without a rollout; 409 while one is under way, and"
                            + " where no baseline is left to go back to.")
    public Uni<TaskSettings> rollback(
            @PathParam("taskType") String taskType, @Valid RollbackCommand body) {
        check(taskType);
        return tasks.goBack(taskType, body == null ? new RollbackCommand(null, null) : body);
    }

    private static void check(String taskType) {
        if (!LogEntryReader.TASK_TYPE.matcher(taskType).matches()) {
            throw ProblemException.invalid(
                    "/taskType", "must match " + LogEntryReader.TASK_TYPE.pattern());
        }
    }

    /** Tasks are never taken away, so that a task once listed is there. */
    private static int indexOf(List<TaskSettings> all, String taskType) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).taskType().equals(taskType)) {
                return i;
            }
        }
        throw Cursor.unknown();
    }
}
