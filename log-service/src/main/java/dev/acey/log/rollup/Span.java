package dev.acey.log.rollup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A time whose figures are read from one kind of roll-up.
 *
 * @param from inclusive, the beginning of one
 * @param to exclusive, the beginning of one
 */
public record Span(Resolution resolution, Instant from, Instant to) {

    /**
     * The fewest roll-ups that cover a time, without gap or overlap: whole days, at their edges
     * hours, and so on down to minutes. Both ends are rounded outwards to what is known of their
     * time.
     *
     * @param to after from
     */
    public static List<Span> covering(Instant from, Instant to, Instant now) {
        List<Span> spans = new ArrayList<>();
        split(
                Resolution.of(from, now).floor(from),
                Resolution.of(to, now).ceiling(to),
                Resolution.DAY,
                spans);
        return spans;
    }

    private static void split(Instant from, Instant to, Resolution coarse, List<Span> spans) {
        if (!from.isBefore(to)) {
            return;
        }
        Optional<Resolution> finer = coarse.finer();
        if (finer.isEmpty()) {
            spans.add(new Span(coarse, from, to));
            return;
        }
        Resolution fine = finer.get();
        Instant first = coarse.ceiling(from);
        Instant last = coarse.floor(to);
        if (first.isBefore(last)) {
            split(from, first, fine, spans);
            spans.add(new Span(coarse, first, last));
            split(last, to, fine, spans);
        } else {
            split(from, to, fine, spans);
        }
    }
}
