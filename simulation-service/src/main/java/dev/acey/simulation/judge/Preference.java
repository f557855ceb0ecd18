package dev.acey.simulation.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.acey.simulation.replay.Answer;
import java.util.Optional;

/** What a judge prefers of a pair, after both orders. */
enum Preference {
    BASELINE,
    CANDIDATE,
    /** Neither, whichever was shown first. */
    EQUAL,
    /** Another one in the other order: a tie. */
    UNSTEADY,
    /** An answer is missing or says nothing that was asked for. */
    UNREADABLE;

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * @param forward the answer where the baseline was shown first
     * @param swapped the answer where the candidate was
     */
    static Preference of(Answer forward, Answer swapped) {
        Optional<String> one = better(forward);
        Optional<String> other = better(swapped);
        if (one.isEmpty() || other.isEmpty()) {
            return UNREADABLE;
        }
        Preference first = preferred(one.get(), BASELINE, CANDIDATE);
        Preference second = preferred(other.get(), CANDIDATE, BASELINE);
        return first == second ? first : UNSTEADY;
    }

    private static Preference preferred(String better, Preference first, Preference second) {
        return switch (better) {
            case "first" -> first;
            case "second" -> second;
            default -> EQUAL;
        };
    }

    private static Optional<String> better(Answer answer) {
        if (answer == null || answer.raw() == null) {
            return Optional.empty();
        }
        int start = answer.raw().indexOf('{');
        int end = answer.raw().lastIndexOf('}');
        if (start < 0 || end < start) {
            return Optional.empty();
        }
        try {
            String better =
                    JSON.readTree(answer.raw().substring(start, end + 1)).path("better").asText("");
            return better.matches("first|second|equal") ? Optional.of(better) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
