package dev.acey.simulation;

import java.util.List;
import java.util.Random;

/** Makes up things a poker host may say, a different one for each number. */
public final class Chatter {

    private static final List<String> OPENINGS =
            List.of(
                    "The river was kind to %s",
                    "I would not fold that with %s at the table",
                    "That is a brave call from %s",
                    "We have seen %s do this before",
                    "There is not much that %s could have done");
    private static final List<String> ENDINGS =
            List.of(
                    ", and the chips go to the other side.",
                    ". Blinds are up in five minutes.",
                    ", but it was close. Who is next?",
                    ". You can still win this one, take your time.",
                    ". Two pairs, then; that was enough for the pot.");
    private static final List<String> NAMES = List.of("Ann", "Bob", "Cem", "Dana", "Eve", "Finn");

    private Chatter() {}

    public static String line(int number) {
        Random random = new Random(number * 7_919L);
        return String.format(pick(OPENINGS, random), pick(NAMES, random)) + pick(ENDINGS, random);
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
