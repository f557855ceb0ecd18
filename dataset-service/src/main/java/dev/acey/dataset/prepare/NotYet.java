package dev.acey.dataset.prepare;

import dev.acey.kit.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;

/**
 * A setting of the API whose default is not applied, and what that means: said in every answer and
 * manifest. Whoever asks for such a setting by name is refused rather than served without it.
 *
 * @param setting its name
 * @param detail what is not done
 */
@RegisterForReflection
public record NotYet(String setting, String detail) {

    private static final NotYet NEAR_DUPLICATES =
            new NotYet(
                    "nearDuplicateThreshold",
                    "Near duplicates are not looked for yet; exact ones are dropped.");
    private static final NotYet REDACTION =
            new NotYet(
                    "redactPersonalData",
                    "Personal data is not redacted yet; texts are as they were logged.");

    /** What the API does by default and this preparation does not. */
    static List<NotYet> in(PrepareCommand command) {
        List<NotYet> missing = new ArrayList<>(List.of(NEAR_DUPLICATES));
        if (command.redactPersonalData() == null) {
            missing.add(REDACTION);
        }
        return missing;
    }

    /** 422, naming the setting, for a value whose meaning cannot be kept. */
    static void refuseWhatIsAskedForIn(PrepareCommand command) {
        refuse(
                command.nearDuplicateThreshold() != null,
                "nearDuplicateThreshold",
                "is not available yet: near duplicates are not looked for; leave it out");
        refuse(
                Boolean.TRUE.equals(command.redactPersonalData()),
                "redactPersonalData",
                "is not available yet: leave it out or set it to false");
        refuse(
                command.maxUnreviewedShare() != null && command.maxUnreviewedShare() != 1.0,
                "maxUnreviewedShare",
                "is not available yet: only 1, no cap, can be kept");
        refuse(command.split() != null, "split", "is not available yet: leave it out");
        refuse(
                command.seed() != null && command.seed() != 0,
                "seed",
                "is not available yet: nothing is drawn by chance; leave it out");
        refuse("preference".equals(command.format()), "format", "preference is not available yet");
    }

    private static void refuse(boolean asked, String setting, String why) {
        if (asked) {
            throw ProblemException.refused("/" + setting, setting + " " + why + ".");
        }
    }
}
