package dev.acey.kit.job;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.Instant;
import java.util.Optional;

/** Jobs as they stand in rows of the table {@code job}. */
final class JobRows {

    private JobRows() {}

    static Optional<Job> first(RowSet<Row> rows) {
        for (Row row : rows) {
            return Optional.of(job(row));
        }
        return Optional.empty();
    }

    static Job job(Row row) {
        return new Job(
                row.getUUID("id"),
                row.getString("kind"),
                row.getString("name"),
                JobState.of(row.getString("state")),
                JobJson.read(row.getString("config")),
                JobJson.read(row.getString("checkpoint")),
                new Progress(
                        row.getLong("done"), row.getLong("total"), row.getInteger("eta_seconds")),
                JobJson.read(row.getString("result")),
                JobJson.read(row.getString("error"), JobError.class),
                row.getInteger("attempts"),
                row.getInteger("restarts"),
                row.getLong("version"),
                instant(row, "created_at"),
                instant(row, "started_at"),
                instant(row, "ended_at"));
    }

    private static Instant instant(Row row, String column) {
        var time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
