package dev.acey.rollout.flag;

import dev.acey.kit.problem.FieldError;
import dev.acey.kit.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * All there is to set for a flag.
 *
 * @param candidate the model to try; null takes the flag away
 * @param salt of the buckets, 1 to 128 visible ASCII characters: one for each rollout, so that two
 *     rollouts split their keys independently
 * @param weight the candidate's share of the keys, in basis points
 * @param shadowShare the share of the baseline's requests that the candidate answers as well,
 *     unseen, in basis points; 0 when missing
 * @param rolloutId null outside a rollout
 * @param stage of the rollout, counted from 0
 */
@RegisterForReflection
public record FlagCommand(
        @Pattern(
                        regexp = "[a-z][a-z0-9._-]{0,63}",
                        message = "is no name of a model: it must match ^[a-z][a-z0-9._-]{0,63}$")
                String candidate,
        @Pattern(
                        regexp = "[!-~]{1,128}",
                        message = "must be 1 to 128 visible ASCII characters without blanks")
                String salt,
        @Min(value = 0, message = SHARE) @Max(value = FlagSettings.WHOLE, message = SHARE)
                Integer weight,
        @Min(value = 0, message = SHARE) @Max(value = FlagSettings.WHOLE, message = SHARE)
                Integer shadowShare,
        UUID rolloutId,
        @Min(value = 0, message = STAGE) @Max(value = 100, message = STAGE) Integer stage) {

    /** No candidate. */
    static final FlagCommand NONE = new FlagCommand(null, null, 0, 0, null, null);

    private static final String SHARE = "must be a whole number of basis points, 0 to 10000";
    private static final String STAGE = "must be a whole number from 0 to 100";

    public FlagCommand {
        shadowShare = shadowShare == null ? 0 : shadowShare;
    }

    /** What one field asks of another; 400 naming those that are missing or too much. */
    void check() {
        List<FieldError> errors = new ArrayList<>();
        if (candidate == null) {
            refuse(errors, "/weight", weight != null && weight != 0);
            refuse(errors, "/shadowShare", shadowShare != 0);
            refuse(errors, "/rolloutId", rolloutId != null);
        } else {
            require(errors, "/salt", salt);
            require(errors, "/weight", weight);
        }
        if (stage != null && rolloutId == null) {
            errors.add(new FieldError("/stage", "needs a rolloutId"));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }

    private static void refuse(List<FieldError> errors, String pointer, boolean given) {
        if (given) {
            errors.add(new FieldError(pointer, "needs a candidate"));
        }
    }

    private static void require(List<FieldError> errors, String pointer, Object value) {
        if (value == null) {
            errors.add(new FieldError(pointer, "is required with a candidate"));
        }
    }
}
