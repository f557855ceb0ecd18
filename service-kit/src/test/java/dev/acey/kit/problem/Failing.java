package dev.acey.kit.problem;

import io.smallrye.mutiny.Uni;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.hibernate.exception.JDBCConnectionException;

/** Fails in every way a resource can, so that the tests see each answer over real HTTP. */
@Path("/failing")
@Produces(MediaType.APPLICATION_JSON)
public class Failing {

    enum Colour {
        RED,
        GREEN
    }

    record Inner(@Min(0) @Max(1) double share) {}

    record Command(
            @NotNull String name,
            Integer count,
            Boolean flag,
            Colour colour,
            Instant at,
            @Valid List<Inner> parts) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Command> command(@Valid @NotNull Command command) {
        return Uni.createFrom().item(command);
    }

    @GET
    @Path("{how}")
    public Uni<String> fail(@PathParam("how") String how) {
        return Uni.createFrom()
                .failure(
                        switch (how) {
                            case "not-found" -> ProblemException.notFound("no such thing");
                            case "conflict" -> ProblemException.conflict("not now");
                            case "refused" -> ProblemException.refused("/a~1b", "not allowed");
                            case "unavailable" -> ProblemException.unavailable("gone");
                            case "connection" ->
                                    new IllegalStateException(new ConnectException("refused"));
                            case "shutdown" ->
                                    new PgException("shutting down", "FATAL", "57P01", "");
                            case "hibernate" ->
                                    new JDBCConnectionException(
                                            "gone", new SQLException("gone", "57P01"));
                            case "broken" -> new IOException("Connection was closed");
                            case "disk" -> new NoSuchFileException("/x Connection");
                            case "pool" -> new NoStackTraceThrowable("Timeout");
                            case "nul" -> new PgException("invalid byte", "ERROR", "22021", "");
                            default -> new IllegalStateException("secret detail of a defect");
                        });
    }
}
