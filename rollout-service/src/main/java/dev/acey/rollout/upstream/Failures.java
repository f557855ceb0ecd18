package dev.acey.rollout.upstream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.problem.Dependencies;
import dev.acey.rollout.upstream.UpstreamFailure.Kind;
import dev.acey.rollout.upstream.UpstreamFailure.OfModel;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jboss.logging.Logger;

/** What went wrong with a model, in one vocabulary. */
final class Failures {

    private static final Logger LOG = Logger.getLogger(Failures.class);
    private static final int LONGEST_RETRY_AFTER = 3_600;

    private Failures() {}

    /** An exchange that broke, or was prevented; a defect of ours stays what it is. */
    static Throwable of(String model, Throwable failure) {
        if (failure instanceof UpstreamFailure) {
            return failure;
        }
        if (failure instanceof CircuitBreakerOpenException) {
            return new UpstreamFailure(
                    Kind.CIRCUIT_OPEN, "The model " + model + " failed too often just now.");
        }
        if (failure instanceof BulkheadException) {
            return new UpstreamFailure(
                    Kind.TOO_MANY, "Too many calls to the model " + model + " are under way.");
        }
        LOG.debugf(failure, "A call to the model %s failed", model);
        if (!isBroken(failure)) {
            return failure;
        }
        return isConnect(failure)
                ? new OfModel(Kind.CONNECT_FAILED, "The server of " + model + " cannot be reached.")
                : new OfModel(Kind.BROKEN_OFF, "The server of " + model + " broke off.");
    }

    /**
     * An answer that is none.
     *
     * @param body the error as the server tells it, or null
     */
    static UpstreamFailure of(String model, HttpClientResponse answer, ObjectNode body) {
        int status = answer.statusCode();
        int retryAfter = retryAfter(answer);
        String message = "The server of " + model + " answered " + status + ".";
        return switch (status) {
            case 400, 406, 409, 413, 415, 422 ->
                    new UpstreamFailure(Kind.REJECTED, message, status, retryAfter, body);
            case 429 -> new UpstreamFailure(Kind.RATE_LIMITED, message, status, retryAfter, body);
            case 401, 403, 404, 405 ->
                    new OfModel(Kind.NOT_ALLOWED, message, status, retryAfter, body);
            case 408, 504 -> new OfModel(Kind.TIMED_OUT, message, status, retryAfter, body);
            default ->
                    new OfModel(
                            status >= 500 ? Kind.SERVER_ERROR : Kind.BAD_ANSWER,
                            message,
                            status,
                            retryAfter,
                            body);
        };
    }

    static UpstreamFailure badAnswer(String model, String why) {
        return new OfModel(
                Kind.BAD_ANSWER, "The server of " + model + " gave no completion: " + why + ".");
    }

    static UpstreamFailure endedEarly(String model) {
        return new OfModel(Kind.BROKEN_OFF, "The model " + model + " stopped before it was done.");
    }

    /** An error in place of a chunk. */
    static UpstreamFailure inStream(String model, String said) {
        return new OfModel(
                Kind.SERVER_ERROR,
                "The model " + model + " broke its answer off with an error: " + said);
    }

    static UpstreamFailure timedOut(String model) {
        return new OfModel(Kind.TIMED_OUT, "The model " + model + " did not answer in time.");
    }

    /** Seconds; HTTP dates, which hardly anybody sends here, count as nothing said. */
    private static int retryAfter(HttpClientResponse answer) {
        String said = answer.getHeader("Retry-After");
        return said != null && said.strip().matches("\\d{1,9}")
                ? Math.min(LONGEST_RETRY_AFTER, Integer.parseInt(said.strip()))
                : 0;
    }

    private static boolean isBroken(Throwable failure) {
        return failure instanceof IOException
                || failure instanceof VertxException
                || failure instanceof StreamResetException
                || Dependencies.isDown(failure);
    }

    private static boolean isConnect(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause() == t ? null : t.getCause()) {
            if (t instanceof ConnectException
                    || t instanceof UnknownHostException
                    || t.getClass().getSimpleName().contains("ConnectTimeout")) {
                return true;
            }
        }
        return false;
    }
}
