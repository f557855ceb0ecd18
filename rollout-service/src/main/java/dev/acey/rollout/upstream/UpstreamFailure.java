package dev.acey.rollout.upstream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** A model gave no answer. It carries no stack trace: it is an outcome, not a defect of ours. */
public class UpstreamFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final int upstreamStatus;
    private final int retryAfterSeconds;
    private final transient ObjectNode body;

    /** What went wrong, and what the client is told when nothing else answers. */
    public enum Kind {
        CONNECT_FAILED("upstream_unreachable", 503),
        BROKEN_OFF("upstream_broken_off", 502),
        TIMED_OUT("upstream_timeout", 504),
        SERVER_ERROR("upstream_error", 502),
        BAD_ANSWER("upstream_bad_answer", 502),
        RATE_LIMITED("upstream_rate_limited", 429),
        /** The request itself is at fault, as the model's server sees it: it is told so. */
        REJECTED("upstream_rejected", 400),
        NOT_ALLOWED("upstream_not_allowed", 502),
        NO_KEY("model_key_missing", 503),
        CIRCUIT_OPEN("circuit_open", 503),
        TOO_MANY("model_busy", 503),
        UNKNOWN_MODEL("model_unknown", 503);

        private final String type;
        private final int status;

        Kind(String type, int status) {
            this.type = type;
            this.status = status;
        }
    }

    UpstreamFailure(Kind kind, String message) {
        this(kind, message, 0, 0, null);
    }

    /**
     * @param upstreamStatus what the server answered; 0 if it did not
     * @param retryAfterSeconds as the server said; 0 if it said nothing
     * @param body the server's error, or null
     */
    UpstreamFailure(
            Kind kind, String message, int upstreamStatus, int retryAfterSeconds, ObjectNode body) {
        super(message, null, false, false);
        this.kind = kind;
        this.upstreamStatus = upstreamStatus;
        this.retryAfterSeconds = retryAfterSeconds;
        this.body = body;
    }

    /** One that says something about the model's health: breakers count it. */
    static final class OfModel extends UpstreamFailure {

        private static final long serialVersionUID = 1L;

        OfModel(Kind kind, String message) {
            super(kind, message);
        }

        OfModel(Kind kind, String message, int status, int retryAfterSeconds, ObjectNode body) {
            super(kind, message, status, retryAfterSeconds, body);
        }
    }

    Kind kind() {
        return kind;
    }

    /** A short name, as entries and errors have it. */
    public String type() {
        return kind.type;
    }

    /** What the client is answered. */
    public int status() {
        return kind == Kind.REJECTED ? upstreamStatus : kind.status;
    }

    /** Whether there were only too many calls at once. */
    public boolean isBusy() {
        return kind == Kind.TOO_MANY || kind == Kind.RATE_LIMITED;
    }

    /** What the model's server answered; 0 if it did not. */
    public int upstreamStatus() {
        return upstreamStatus;
    }

    /** For {@code Retry-After}; 0 where it makes no difference when one tries again. */
    public int retryAfterSeconds() {
        int least = status() == 503 || status() == 429 ? 1 : 0;
        return Math.max(least, retryAfterSeconds);
    }

    /** Seconds, as the server said; 0 if it said nothing. */
    int saidRetryAfter() {
        return retryAfterSeconds;
    }

    /** The server's own words, where they are meant for the client. */
    public Optional<ObjectNode> body() {
        return kind == Kind.REJECTED || kind == Kind.RATE_LIMITED
                ? Optional.ofNullable(body)
                : Optional.empty();
    }
}
