package dev.acey.rules.sensitive;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One line of the labelled set: a text, and the places in it that are to be found. */
record LabelledText(boolean heldOut, String text, Set<Redactor.Found> places) {

    static List<LabelledText> all() {
        try (InputStream in = LabelledText.class.getResourceAsStream("/sensitive/labelled.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(LabelledText::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LabelledText read(String line) {
        int tab = line.indexOf('\t');
        String marked = line.substring(tab + 1).replace("‸", "").replace("\\n", "\n");
        StringBuilder text = new StringBuilder();
        Set<Redactor.Found> places = new LinkedHashSet<>();
        int from = 0;
        for (int open = marked.indexOf('⟦'); open >= 0; open = marked.indexOf('⟦', from)) {
            int blank = marked.indexOf(' ', open);
            int close = marked.indexOf('⟧', open);
            text.append(marked, from, open);
            int start = text.length();
            text.append(marked, blank + 1, close);
            places.add(
                    new Redactor.Found(
                            marked.substring(open + 1, blank), new Span(start, text.length())));
            from = close + 1;
        }
        text.append(marked, from, marked.length());
        return new LabelledText(line.startsWith("test\t"), text.toString(), places);
    }
}
