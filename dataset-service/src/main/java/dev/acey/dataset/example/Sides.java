package dev.acey.dataset.example;

import dev.acey.dataset.source.Call;
import dev.acey.rules.sensitive.Redactor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What one call says about good and bad answers to its prompt. Good is what was accepted, shown or
 * corrected; bad is what was rejected, and what the model gave where a person put another answer in
 * its place.
 */
record Sides(Redactor redactor) {

    Outcome of(Call call, Prompt prompt, long conversation, Map<String, Integer> found) {
        if (prompt.chat().isEmpty()) {
            return new Outcome.Dropped(DropReason.NOT_CONVERTIBLE);
        }
        Answer given = Answer.ofModel(call.entry());
        Answer taught = Answer.of(call);
        boolean replaced = Answer.isByPerson(call) && !taught.speech().equals(given.speech());
        Decision decision = Decision.of(call.entry());
        List<Side> sides = new ArrayList<>();
        if (Answer.isByPerson(call) || decision == Decision.ACCEPTED) {
            sides.add(side(true, call, taught.redacted(redactor, found), prompt, conversation));
        }
        if (replaced || (decision == Decision.REJECTED && !Answer.isByPerson(call))) {
            sides.add(side(false, call, given.redacted(redactor, found), prompt, conversation));
        }
        sides.removeIf(side -> side.answer().isBlank());
        return sides.isEmpty() ? new Outcome.Dropped(DropReason.EMPTY) : new Outcome.Sides(sides);
    }

    private static Side side(
            boolean preferred, Call call, Answer answer, Prompt prompt, long conversation) {
        return new Side(
                preferred,
                call.reviewed(),
                prompt.chat().orElseThrow(),
                prompt.lastOfUser(),
                answer.speech(),
                !answer.intents().isEmpty(),
                conversation);
    }
}
