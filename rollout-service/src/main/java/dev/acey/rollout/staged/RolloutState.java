package dev.acey.rollout.staged;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.acey.rollout.plan.Plan;
import java.util.Locale;

/** The states by name, as they are stored and shown. */
public enum RolloutState {
    @JsonProperty("waiting_for_approval")
    WAITING_FOR_APPROVAL,
    @JsonProperty("running")
    RUNNING,
    @JsonProperty("paused")
    PAUSED,
    @JsonProperty("promoted")
    PROMOTED,
    @JsonProperty("rolled_back")
    ROLLED_BACK,
    @JsonProperty("cancelled")
    CANCELLED;

    static RolloutState of(Rollout rollout) {
        if (rollout instanceof Rollout.WaitingForApproval) {
            return WAITING_FOR_APPROVAL;
        } else if (rollout instanceof Rollout.Running) {
            return RUNNING;
        } else if (rollout instanceof Rollout.Paused) {
            return PAUSED;
        } else if (rollout instanceof Rollout.Promoted) {
            return PROMOTED;
        }
        return rollout instanceof Rollout.RolledBack ? ROLLED_BACK : CANCELLED;
    }

    /**
     * @param pausedFrom of a pause alone: what was paused
     */
    Rollout at(Plan plan, int stage, RolloutState pausedFrom) {
        return switch (this) {
            case WAITING_FOR_APPROVAL -> new Rollout.WaitingForApproval(plan, stage);
            case RUNNING -> new Rollout.Running(plan, stage);
            case PAUSED ->
                    new Rollout.Paused(
                            pausedFrom == RUNNING
                                    ? new Rollout.Running(plan, stage)
                                    : new Rollout.WaitingForApproval(plan, stage));
            case PROMOTED -> new Rollout.Promoted(plan, stage);
            case ROLLED_BACK -> new Rollout.RolledBack(plan, stage);
            case CANCELLED -> new Rollout.Cancelled(plan, stage);
        };
    }

    /** As the API writes it. */
    public String json() {
        return name().toLowerCase(Locale.ROOT);
    }
}
