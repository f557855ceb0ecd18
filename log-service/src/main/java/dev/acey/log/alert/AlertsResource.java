package dev.acey.log.alert;

import dev.acey.kit.entry.LogEntryReader;
import dev.acey.kit.page.Position;
import dev.acey.kit.page.Query;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Alerts that fire and those that did. */
@Path("/api/alerts")
@Tag(name = "Phase 5: monitoring")
public class AlertsResource {

    private static final Set<String> STATES = Set.of("firing", "resolved");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final AlertStore store;

    AlertsResource(AlertStore store) {
        this.store = store;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Alerts, newest first",
            description =
                    "An alert is about one rule, task and variant of the live traffic. It fires"
                            + " once its figure was over the threshold in two looks in a row, and is"
                            + " resolved once it was at most 0.9 of the threshold in two looks in a"
                            + " row, or after an hour with fewer calls than the minimum sample.")
    public Uni<AlertPage> alerts(
            @QueryParam("state") String state,
            @QueryParam("taskType") String taskType,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        String wanted = Query.oneOf("state", state, STATES);
        int most = Query.limit(limit);
        return store.page(
                        wanted == null
                                ? null
                                : Alert.State.valueOf(wanted.toUpperCase(Locale.ROOT)),
                        task(taskType),
                        Position.of(cursor, ID),
                        most + 1)
                .map(found -> page(found, most));
    }

    private static String task(String taskType) {
        if (taskType == null || taskType.isEmpty()) {
            return null;
        }
        if (!LogEntryReader.TASK_TYPE.matcher(taskType).matches()) {
            throw ProblemException.invalid(
                    "/taskType", "must match " + LogEntryReader.TASK_TYPE.pattern());
        }
        return taskType;
    }

    private static AlertPage page(List<Alert> found, int most) {
        List<Alert> page = found.subList(0, Math.min(most, found.size()));
        String next = null;
        if (found.size() > most) {
            Alert last = page.get(most - 1);
            next = new Position(last.since(), last.id().toString()).cursor();
        }
        return new AlertPage(page.stream().map(AlertView::of).toList(), next);
    }
}
