package dev.acey.rules;

import dev.acey.rules.sensitive.Kind;
import java.util.List;

/** The arguments of a function call, after the hidden context. */
record CelArguments(Object[] values) {
    Evaluation context() {
        return (Evaluation) values[0];
    }

    /** A text; looking through it once is charged. */
    String text(int index) {
        String text = (String) values[index + 1];
        context().work().chargeSearch(text.length(), 1);
        return text;
    }

    List<?> list(int index) {
        return (List<?>) values[index + 1];
    }

    /** A finite number. */
    double number(int index) {
        double number = (Double) values[index + 1];
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("a number that is not finite");
        }
        return number;
    }

    /** A number of characters. */
    int count(int index) {
        return (int) Math.max(1, Math.min(Limits.MAX_STATE_TEXT, number(index)));
    }

    boolean contains(String text, String part) {
        context().work().chargeSearch(text.length(), part.length());
        return text.contains(part);
    }

    boolean containsAny(String text, List<?> parts) {
        for (Object part : parts) {
            if (contains(text, (String) part)) {
                return true;
            }
        }
        return false;
    }

    boolean hasCardNumber(String text) {
        context().work().chargeSearch(text.length(), 70);
        return Kind.CARD.isIn(text);
    }

    boolean hasIban(String text) {
        context().work().chargeSearch(text.length(), 50);
        return Kind.IBAN.isIn(text);
    }
}
