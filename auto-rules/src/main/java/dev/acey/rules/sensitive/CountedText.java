package dev.acey.rules.sensitive;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;

/**
 * A text that counts how often it is read. One search of an expression is linear in the text, but
 * one that looks far beyond its match makes all searches together quadratic; this is how that is
 * noticed.
 */
final class CountedText implements CharSequence {
    private static final long READS_PER_CHARACTER = 30;
    private static final long FREE_READS = 1_000;

    private final String text;
    private long reads;

    private CountedText(String text) {
        this.text = text;
    }

    /**
     * All matches that are not empty. Where finding them would take more than linear time, the rest
     * of the text is one match: better too much is taken out than too little.
     */
    static List<Span> matches(Pattern pattern, String text) {
        CountedText counted = new CountedText(text);
        List<Span> spans = new ArrayList<>();
        Matcher matcher = pattern.matcher(counted);
        while (matcher.find()) {
            boolean last = counted.reads > FREE_READS + READS_PER_CHARACTER * text.length();
            int end = last ? text.length() : matcher.end();
            if (matcher.start() < end) {
                spans.add(new Span(matcher.start(), end));
            }
            if (last) {
                break;
            }
        }
        return spans;
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        reads++;
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
