package dev.acey.rollout.spool;

import java.util.UUID;

/**
 * What the spool keeps of a call.
 *
 * @param id of the call's log entry
 * @param line the entry as JSON, without a line feed
 */
public record SpoolRecord(Kind kind, UUID id, byte[] line) {

    /** What a record stands for; the code is what the file has. */
    enum Kind {
        /** An entry, complete. */
        ENTRY('E'),
        /** A call that is under way: the entry it gets if nobody is left to end it. */
        STARTED('S');

        private final byte code;

        Kind(char code) {
            this.code = (byte) code;
        }

        byte code() {
            return code;
        }

        /** Null for a code that is none. */
        static Kind of(byte code) {
            return code == ENTRY.code ? ENTRY : code == STARTED.code ? STARTED : null;
        }
    }

    /** A complete entry. */
    public static SpoolRecord entry(UUID id, byte[] line) {
        return new SpoolRecord(Kind.ENTRY, id, line);
    }

    /** A call under way, with the entry it gets if this process dies before it ends. */
    public static SpoolRecord started(UUID id, byte[] line) {
        return new SpoolRecord(Kind.STARTED, id, line);
    }
}
