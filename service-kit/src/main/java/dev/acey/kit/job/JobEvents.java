package dev.acey.kit.job;

import dev.acey.kit.event.Event;
import dev.acey.kit.event.Events;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.List;

/** Tells the outbox of jobs, in the transactions that change them. */
@Singleton
class JobEvents {

    private final List<JobHandler> handlers;
    private final Events outbox;

    JobEvents(@All List<JobHandler> handlers, Events outbox) {
        this.handlers = handlers;
        this.outbox = outbox;
    }

    /** What the job's handler has to say of its end. */
    Uni<Void> ended(SqlConnection connection, Job job) {
        return append(
                connection,
                handlers.stream()
                        .filter(handler -> handler.kind().equals(job.kind()))
                        .flatMap(handler -> handler.ended(job).stream())
                        .toList());
    }

    Uni<Void> append(SqlConnection connection, List<Event> events) {
        return Multi.createFrom()
                .iterable(events)
                .onItem()
                .transformToUniAndConcatenate(event -> outbox.append(connection, event))
                .collect()
                .last();
    }
}
