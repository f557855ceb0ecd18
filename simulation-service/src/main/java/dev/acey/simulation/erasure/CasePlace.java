package dev.acey.simulation.erasure;

import dev.acey.kit.page.Cursor;
import java.util.UUID;

/** A case's place in the order of the table's key. */
record CasePlace(UUID simulation, int position) {

    private static final CasePlace START = new CasePlace(new UUID(0, 0), -1);

    /** What {@link #text} wrote; null is before the first, anything else a 400. */
    static CasePlace of(String text) {
        if (text == null) {
            return START;
        }
        String[] parts = text.split(" ", 2);
        try {
            return new CasePlace(UUID.fromString(parts[0]), Integer.parseInt(parts[1]));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw Cursor.unknown();
        }
    }

    String text() {
        return simulation + " " + position;
    }
}
