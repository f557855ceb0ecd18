package dev.acey.simulation.drift;

import java.util.List;

/**
 * A hundred English words that carry grammar and not content: a writer's fingerprint, because
 * nobody chooses them. Hedges and pronouns of the first and second person are features of style
 * ({@link Features}) and are not here.
 */
final class FunctionWords {

    static final List<String> CANDIDATES =
            List.of(
                    ("the a an and or but of to in on at by for with from as about into over after"
                                    + " before between through during without under within against"
                                    + " up out down then so if because while than though"
                                    + " although until since when where which who what how why"
                                    + " that this these those there here it its he him his she her"
                                    + " they them their is are was were be been being have has had"
                                    + " do does did will would can could should may must not no"
                                    + " all any some each every both other such more most many"
                                    + " only just also")
                            .split(" "));

    private FunctionWords() {}
}
