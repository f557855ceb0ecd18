package dev.acey.simulation.cases;

import java.util.Locale;

/** What a model is asked for. */
public enum Purpose {
    /** The answer to a case's prompt. */
    CANDIDATE,
    /** Which of the two answers is better, the baseline's shown first. */
    JUDGE,
    /** The same, the candidate's shown first. */
    JUDGE_SWAPPED;

    /** As it is stored and counted. */
    public String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}
