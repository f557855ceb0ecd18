package dev.acey.log.observation;

import dev.acey.kit.page.Cursor;
import dev.acey.kit.problem.ProblemException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the order of observations.
 *
 * @param xid the transaction, as PostgreSQL writes it
 */
record ObservationCursor(String xid, long seq) {

    static final ObservationCursor START = new ObservationCursor("0", 0);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,19}):(\\d{1,18})");

    String encoded() {
        return Cursor.encode(xid + ":" + seq);
    }

    /** The start without one; 400 for a cursor that no page here gave. */
    static ObservationCursor of(String after) {
        if (after == null || after.isEmpty()) {
            return START;
        }
        Matcher text = TEXT.matcher(Cursor.decode(after));
        if (!text.matches()) {
            throw ProblemException.invalid("/after", "is not one that a page here gave");
        }
        return new ObservationCursor(text.group(1), Long.parseLong(text.group(2)));
    }
}
