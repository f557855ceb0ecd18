package dev.acey.kit.problem;

import io.vertx.pgclient.PgException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.hibernate.JDBCException;

/** Tells a dependency that is down (try again later) from a defect of ours. */
public final class Dependencies {

    private Dependencies() {}

    /**
     * Whether this failure, or what caused it, means that the database or another service cannot be
     * reached or does not answer in time. Such a failure is safe to try again later.
     */
    public static boolean isDown(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause() == t ? null : t.getCause()) {
            if (saysDown(t)) {
                return true;
            }
        }
        return false;
    }

    /**
     * SQLSTATE 22021 and 22P05: a text that the database's encoding cannot hold, such as U+0000.
     */
    static boolean cannotStore(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause() == t ? null : t.getCause()) {
            if (t instanceof PgException pg
                    && ("22021".equals(pg.getSqlState()) || "22P05".equals(pg.getSqlState()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean saysDown(Throwable t) {
        if (t instanceof ProblemException p) {
            return p.status() == 503;
        }
        if (t instanceof PgException pg) {
            return isConnectionState(pg.getSqlState());
        }
        if (t instanceof JDBCException jdbc) {
            return isConnectionState(jdbc.getSQLState());
        }
        if (t.getClass() == IOException.class) {
            return speaksOfConnection(t);
        }
        if (t instanceof WebApplicationException web && isFromClient(web)) {
            int status = web.getResponse().getStatus();
            return status == 502 || status == 503 || status == 504 || status == 429;
        }
        return t instanceof CircuitBreakerOpenException
                || t instanceof BulkheadException
                || t instanceof org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException
                || t instanceof TimeoutException
                || t instanceof io.smallrye.mutiny.TimeoutException
                || t instanceof ClosedChannelException
                || t instanceof java.net.ConnectException
                || t instanceof java.net.SocketException
                || t instanceof java.net.UnknownHostException
                || (t instanceof ProcessingException && t.getCause() instanceof IOException)
                || isVertxConnectionFailure(t);
    }

    static boolean isFromClient(WebApplicationException web) {
        return web instanceof org.jboss.resteasy.reactive.ClientWebApplicationException;
    }

    /** SQLSTATE classes 08 (connection), 53 (resources), 57 (operator intervention, shutdown). */
    private static boolean isConnectionState(String sqlState) {
        return sqlState != null
                && (sqlState.startsWith("08")
                        || sqlState.startsWith("53")
                        || sqlState.startsWith("57P"));
    }

    /** Vert.x has no public types for a closed connection or a pool that gave none in time. */
    private static boolean isVertxConnectionFailure(Throwable t) {
        String name = t.getClass().getName();
        return name.equals("io.vertx.core.http.HttpClosedException")
                || name.equals("io.vertx.sqlclient.ClosedConnectionException")
                || (name.startsWith("io.vertx.core.impl.NoStackTrace") && speaksOfConnection(t));
    }

    /** HTTP clients and pools say it in words alone; a file's fault has a type of its own. */
    private static boolean speaksOfConnection(Throwable t) {
        String message = String.valueOf(t.getMessage());
        return message.contains("Timeout")
                || message.contains("onnection")
                || message.contains("closed");
    }
}
