package dev.acey.rollout.spool;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * A record as a file holds it: length (4 bytes, of what follows the checksum), CRC-32C (4 bytes,
 * RFC 3720, over length and payload), payload: kind (1 byte), id (16 bytes), line. Big endian.
 */
final class Frame {

    /** Length and checksum. */
    static final int HEADER = 8;

    /** A length beyond this is no length. */
    static final int LONGEST_PAYLOAD = 16 << 20;

    private static final int FIXED = 17;

    private Frame() {}

    static int sizeOf(SpoolRecord record) {
        return HEADER + FIXED + record.line().length;
    }

    /** Appends the record's frame. */
    static void put(ByteBuffer out, SpoolRecord record) {
        int start = out.position();
        int length = FIXED + record.line().length;
        out.putInt(length).putInt(0);
        out.put(record.kind().code());
        out.putLong(record.id().getMostSignificantBits());
        out.putLong(record.id().getLeastSignificantBits());
        out.put(record.line());
        out.putInt(start + 4, checksum(length, out.duplicate().flip().position(start + HEADER)));
    }

    /** The payload's length that a header announces; negative if it cannot be one. */
    static int lengthOf(ByteBuffer header) {
        int length = header.getInt(0);
        return length < FIXED || length > LONGEST_PAYLOAD ? -1 : length;
    }

    /** The record, or null if it is not what was written. */
    static SpoolRecord read(ByteBuffer header, ByteBuffer payload) {
        if (header.getInt(4) != checksum(header.getInt(0), payload.duplicate())) {
            return null;
        }
        SpoolRecord.Kind kind = SpoolRecord.Kind.of(payload.get());
        UUID id = new UUID(payload.getLong(), payload.getLong());
        byte[] line = new byte[payload.remaining()];
        payload.get(line);
        return kind == null ? null : new SpoolRecord(kind, id, line);
    }

    private static int checksum(int length, ByteBuffer payload) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(4).putInt(0, length));
        crc.update(payload);
        return (int) crc.getValue();
    }
}
