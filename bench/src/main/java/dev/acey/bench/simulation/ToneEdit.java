package dev.acey.bench.simulation;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A way to change how an output sounds and not what it says.
 *
 * @param title in a few words
 */
record ToneEdit(String title, UnaryOperator<String> edit) {

    private static final Pattern FULL_STOP = Pattern.compile("(?<=\\p{L})\\.(?=\\s|$)");
    private static final Pattern JOINT = Pattern.compile(",? (?:and|but|which|while|so) (\\p{L})");
    private static final Pattern BEGINNING =
            Pattern.compile("(?:^|(?<=[.!?]\\s))(\\p{Lu})(?=\\p{Ll}*\\s)");

    private static final List<String> HEDGES =
            List.of("Perhaps ", "Generally, ", "It seems that ", "Maybe ", "Probably ");

    /** Formal, and what a casual speaker says instead. */
    private static final List<String> FORMAL_TO_CASUAL =
            List.of(
                    "do not=don't",
                    "does not=doesn't",
                    "is not=isn't",
                    "are not=aren't",
                    "will not=won't",
                    "cannot=can't",
                    "can not=can't",
                    "it is=it's",
                    "that is=that's",
                    "you are=you're",
                    "you will=you'll",
                    "they are=they're",
                    "there is=there's",
                    "I am=I'm",
                    "I would=I'd",
                    "I have=I've",
                    "we are=we're",
                    "let us=let's",
                    "however=but",
                    "therefore=so",
                    "additionally=also",
                    "furthermore=also",
                    "in order to=to",
                    "such as=like",
                    "purchase=buy",
                    "utilize=use",
                    "ensure=make sure",
                    "assist=help",
                    "provide=give",
                    "require=need",
                    "obtain=get",
                    "children=kids",
                    "numerous=lots of",
                    "a variety of=all kinds of");

    static final List<ToneEdit> ALL =
            List.of(
                    new ToneEdit("“!” for every full stop", ToneEdit::shouted),
                    new ToneEdit("formal to casual", ToneEdit::casual),
                    new ToneEdit("shorter sentences", ToneEdit::shortened),
                    new ToneEdit("added hedges", ToneEdit::hedged));

    String apply(String text) {
        return edit.apply(text);
    }

    private static String shouted(String text) {
        return FULL_STOP.matcher(text).replaceAll("!");
    }

    private static String casual(String text) {
        String casual = text;
        for (String change : FORMAL_TO_CASUAL) {
            String[] sides = change.split("=", 2);
            casual =
                    Pattern.compile("\\b" + sides[0] + "\\b", Pattern.CASE_INSENSITIVE)
                            .matcher(casual)
                            .replaceAll(Matcher.quoteReplacement(sides[1]));
        }
        return casual;
    }

    /** A full stop for every joint between two parts of a sentence. */
    private static String shortened(String text) {
        return JOINT.matcher(text)
                .replaceAll(joint -> ". " + joint.group(1).toUpperCase(Locale.ROOT));
    }

    /** A hedge before every other sentence. */
    private static String hedged(String text) {
        Matcher beginnings = BEGINNING.matcher(text);
        StringBuilder hedged = new StringBuilder();
        for (int i = 0; beginnings.find(); i++) {
            String first = beginnings.group(1);
            String hedge = HEDGES.get(i / 2 % HEDGES.size()) + first.toLowerCase(Locale.ROOT);
            beginnings.appendReplacement(
                    hedged, Matcher.quoteReplacement(i % 2 == 0 ? hedge : first));
        }
        return beginnings.appendTail(hedged).toString();
    }
}
