package dev.acey.offender.first;

import dev.acey.offender.second.Second;
import dev.acey.offender.second.Stored;
import dev.acey.victim.thing.Thing;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.CompletableFuture;

/** Breaks every rule of the house. */
public class First {
    Second second;
    Stored stored;
    Thing thing;

    String awaits(Uni<String> uni) {
        return uni.map(text -> Uni.createFrom().item(text).await().indefinitely())
                .await()
                .indefinitely();
    }

    void joins(CompletableFuture<String> future) {
        future.join();
    }

    void mayBlock(ShutdownEvent event, CompletableFuture<String> last) {
        last.join();
    }

    void queries(Connection connection) throws SQLException {
        connection.commit();
    }

    Instant tellsTheTime() {
        return Instant.now();
    }

    LocalDate isTold(Clock clock) {
        return LocalDate.now(clock);
    }
}
