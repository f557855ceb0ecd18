package dev.acey.gateway.proxy;

import dev.acey.gateway.upstream.Service;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.StreamResetException;

/** Why a request got no answer of the service, and what the client is told instead. */
class ProxyFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int SOON = 2;

    private final String reason;
    private final transient Refusal refusal;

    ProxyFailure(String reason, Refusal refusal, Throwable cause) {
        super(reason, cause, false, false);
        this.reason = reason;
        this.refusal = refusal;
    }

    /** One of a few words, for metrics. */
    String reason() {
        return reason;
    }

    Refusal refusal() {
        return refusal;
    }

    /** A failure that says something about the service's health, so the circuit breaker counts. */
    static final class OfService extends ProxyFailure {

        private static final long serialVersionUID = 1L;

        OfService(String reason, Refusal refusal, Throwable cause) {
            super(reason, refusal, cause);
        }
    }

    static ProxyFailure leftAlone(Service service) {
        return new ProxyFailure(
                "breaker_open",
                unavailable(service.title() + " cannot be reached and is left alone for a moment."),
                null);
    }

    static ProxyFailure of(Service service, Exchange.Silence silence, Throwable cause) {
        String name = service.title();
        if (silence == Exchange.Silence.OF_SERVICE) {
            return new OfService(
                    "timeout",
                    new Refusal(504, name + " did not begin to answer in time.", SOON),
                    cause);
        }
        if (silence == Exchange.Silence.OF_CLIENT) {
            return new ProxyFailure(
                    "client_stalled",
                    new Refusal(408, "The request stopped in the middle.", 0),
                    cause);
        }
        if (cause instanceof StreamResetException) {
            return new ProxyFailure(
                    "client_gone", new Refusal(408, "The client went away.", 0), cause);
        }
        if (cause instanceof ConnectionPoolTooBusyException) {
            return new ProxyFailure(
                    "busy", unavailable("Too many requests to " + name + " at once."), cause);
        }
        return new OfService("unreachable", unavailable(name + " cannot be reached."), cause);
    }

    private static Refusal unavailable(String detail) {
        return new Refusal(503, detail, SOON);
    }
}
