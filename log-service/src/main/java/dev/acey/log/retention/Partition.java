package dev.acey.log.retention;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/**
 * One day's part of a partitioned table.
 *
 * @param table entry, payload or word
 */
record Partition(String table, LocalDate day, State state) {

    enum State {
        ATTACHED,
        /** Somebody began to detach it and did not come to the end. */
        PENDING,
        DETACHED
    }

    static Partition of(String name, State state) {
        int separator = name.lastIndexOf('_');
        LocalDate day =
                LocalDate.parse(name.substring(separator + 1), DateTimeFormatter.BASIC_ISO_DATE);
        return new Partition(name.substring(0, separator), day, state);
    }

    boolean isOfEntries() {
        return table.equals("entry");
    }

    String name() {
        return table + "_" + day.format(DateTimeFormatter.BASIC_ISO_DATE);
    }
}
