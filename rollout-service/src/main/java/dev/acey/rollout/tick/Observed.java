package dev.acey.rollout.tick;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.acey.rollout.staged.Watching;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A call of a rollout or feedback on one, as log-service's feed tells it.
 *
 * @param kind call or feedback
 * @param id of the log entry
 * @param variant the arm that was assigned
 * @param at when the call was made, or the feedback given
 * @param servedBy the arm that answered a call
 * @param score of feedback: within 0 and 1
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record Observed(
        String kind,
        UUID id,
        Integer stage,
        String variant,
        String environment,
        Instant at,
        String servedBy,
        String keyHash,
        Boolean failed,
        String decision,
        Double responseTime,
        Double confidence,
        Double score) {

    private static final double POSITIVE = 0.5;
    private static final String CANDIDATE = "candidate";

    /**
     * The next of the feed.
     *
     * @param next the place behind them
     */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Page(List<Observed> observations, String next) {}

    /** Whether it says anything of a rollout: tests and simulations do not. */
    boolean counts() {
        return (isShadow() || "live".equals(environment))
                && (isCandidate() || "baseline".equals(variant));
    }

    boolean isCandidate() {
        return CANDIDATE.equals(variant);
    }

    boolean isShadow() {
        return "shadow".equals(environment);
    }

    boolean isCall() {
        return "call".equals(kind);
    }

    /** Null of feedback. A candidate that was saved by its baseline has failed all the same. */
    Boolean error() {
        return isCall() ? Boolean.TRUE.equals(failed) || isSaved() : null;
    }

    /** Null of feedback. */
    Boolean rejected() {
        return isCall() ? "rejected".equals(decision) && !isSaved() : null;
    }

    /** Null of feedback. */
    Boolean slow(Watching watching) {
        return isCall() ? responseTime != null && responseTime > watching.slowMillis() : null;
    }

    /** Null of feedback, and where the answer was not the arm's own. */
    Double ownConfidence() {
        boolean says = confidence != null && confidence >= 0 && confidence <= 1;
        return says && isCall() && !isSaved() ? confidence : null;
    }

    /** Null of a call. */
    Boolean positive() {
        return score == null ? null : score >= POSITIVE;
    }

    private boolean isSaved() {
        return servedBy != null && !servedBy.equals(variant);
    }
}
