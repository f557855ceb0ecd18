package dev.acey.rollout.staged;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.problem.FieldError;
import dev.acey.kit.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a person can do to a rollout. Asked again, each changes nothing; where it makes no sense, it
 * is a 409 that says why.
 */
enum Verb {
    APPROVE {
        @Override
        Optional<Step> step(Rollout rollout, JsonNode guard, DecisionCommand command) {
            checkNamed(command);
            if (rollout instanceof Rollout.WaitingForApproval waiting) {
                return Optional.of(command.step(waiting.approve(), "approve"));
            }
            if (rollout instanceof Rollout.Running running
                    && running.plan().at(running.stage()).approval()) {
                return Optional.empty();
            }
            throw conflict(rollout, "nothing waits for approval");
        }
    },
    PAUSE {
        @Override
        Optional<Step> step(Rollout rollout, JsonNode guard, DecisionCommand command) {
            if (rollout instanceof Rollout.Unpaused unpaused) {
                return Optional.of(command.step(unpaused.pause(), "pause"));
            }
            return unlessEnded(rollout);
        }
    },
    RESUME {
        @Override
        Optional<Step> step(Rollout rollout, JsonNode guard, DecisionCommand command) {
            if (rollout instanceof Rollout.Paused paused) {
                return Optional.of(command.step(paused.resume(), "resume"));
            }
            return unlessEnded(rollout);
        }
    },
    PROMOTE {
        @Override
        Optional<Step> step(Rollout rollout, JsonNode guard, DecisionCommand command) {
            Rollout was = rollout instanceof Rollout.Paused paused ? paused.was() : rollout;
            if (was instanceof Rollout.Running running) {
                boolean early = !isEvidenceIn(running, guard);
                if (early && !command.hasReason()) {
                    throw ProblemException.refused(
                            "/reason", "is required: the evidence for promotion is not in yet");
                }
                return Optional.of(
                        command.step(running.promote(), early ? "promote_early" : "promote"));
            }
            if (rollout instanceof Rollout.Promoted) {
                return Optional.empty();
            }
            throw conflict(
                    rollout,
                    rollout instanceof Rollout.Active
                            ? "it must be let into its stage first"
                            : "it has ended");
        }
    },
    ROLLBACK {
        @Override
        Optional<Step> step(Rollout rollout, JsonNode guard, DecisionCommand command) {
            if (rollout instanceof Rollout.Active active) {
                return Optional.of(command.step(active.rollBack(), "roll_back"));
            }
            if (rollout instanceof Rollout.RolledBack) {
                return Optional.empty();
            }
            throw conflict(rollout, "it has ended");
        }
    },
    CANCEL {
        @Override
        Optional<Step> step(Rollout rollout, JsonNode guard, DecisionCommand command) {
            if (rollout instanceof Rollout.Active active) {
                return Optional.of(command.step(active.cancel(), "cancel"));
            }
            if (rollout instanceof Rollout.Cancelled) {
                return Optional.empty();
            }
            throw conflict(rollout, "it has ended");
        }
    };

    /**
     * The step to take; empty where it has been taken already.
     *
     * @param guard what the guard said last, or null
     */
    abstract Optional<Step> step(Rollout rollout, JsonNode guard, DecisionCommand command);

    private static boolean isEvidenceIn(Rollout.Running running, JsonNode guard) {
        return running.plan().isLast(running.stage())
                && guard != null
                && guard.path("verdict").asText().equals("advance");
    }

    private static void checkNamed(DecisionCommand command) {
        List<FieldError> errors = new ArrayList<>();
        if (command.actor() == null) {
            errors.add(new FieldError("/actor", "is required: who approves"));
        }
        if (!command.hasReason()) {
            errors.add(new FieldError("/reason", "is required: why"));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }

    private static Optional<Step> unlessEnded(Rollout rollout) {
        if (rollout instanceof Rollout.Active) {
            return Optional.empty();
        }
        throw conflict(rollout, "it has ended");
    }

    private static ProblemException conflict(Rollout rollout, String why) {
        return ProblemException.conflict(
                "The rollout is %s: %s.".formatted(RolloutState.of(rollout).json(), why));
    }
}
