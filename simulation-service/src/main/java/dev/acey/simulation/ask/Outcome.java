package dev.acey.simulation.ask;

import dev.acey.simulation.replay.Answer;
import java.time.Duration;

/** What came of one call to a model. */
sealed interface Outcome {

    /** As it is counted. */
    String name();

    record Answered(Answer answer) implements Outcome {
        @Override
        public String name() {
            return "answered";
        }
    }

    /**
     * The model gave no answer.
     *
     * @param passing whether it may give one when it is asked again
     */
    record Failed(Answer failure, boolean passing) implements Outcome {
        @Override
        public String name() {
            return "failed";
        }
    }

    /**
     * There was no room for the call, or nobody to make it.
     *
     * @param after as long as was said; null where nothing was
     */
    record NotMade(Duration after) implements Outcome {
        @Override
        public String name() {
            return "not_made";
        }
    }

    /** Nobody knows whether the call was made. */
    record Lost() implements Outcome {
        @Override
        public String name() {
            return "lost";
        }
    }
}
