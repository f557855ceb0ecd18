package dev.acey.kit.audit;

import dev.acey.kit.digest.Sha256;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;

/**
 * A stored link of the chain.
 *
 * @param seq its number, from 1 without gaps
 * @param detail JSON as it was hashed: keys sorted, no blanks, ASCII
 * @param previousHash the hash of the link before, 64 hexadecimal digits; zeros before the first
 * @param hash SHA-256 of previousHash (32 bytes), seq, at in milliseconds (8 bytes each,
 *     big-endian), and of actor, action, subject and detail, each as its length in bytes (4 bytes,
 *     big-endian) and its UTF-8
 */
@RegisterForReflection
public record AuditLink(
        long seq,
        Instant at,
        String actor,
        String action,
        String subject,
        String detail,
        String previousHash,
        String hash) {

    static final String COLUMNS = "seq, at, actor, action, subject, detail, previous_hash, hash";

    static AuditLink of(Row row) {
        return new AuditLink(
                row.getLong("seq"),
                row.getOffsetDateTime("at").toInstant(),
                row.getString("actor"),
                row.getString("action"),
                row.getString("subject"),
                row.getString("detail"),
                hex(row.getBuffer("previous_hash")),
                hex(row.getBuffer("hash")));
    }

    /**
     * The hash this link should have. It says the same as {@code audit_append} in the database, in
     * other words, so that each checks the other.
     */
    String expectedHash() {
        MessageDigest sha256 = Sha256.digest();
        sha256.update(HexFormat.of().parseHex(previousHash));
        sha256.update(ByteBuffer.allocate(8).putLong(seq).array());
        sha256.update(ByteBuffer.allocate(8).putLong(at.toEpochMilli()).array());
        for (String field : new String[] {actor, action, subject, detail}) {
            Sha256.add(sha256, field);
        }
        return Sha256.hex(sha256);
    }

    private static String hex(Buffer bytes) {
        return HexFormat.of().formatHex(bytes.getBytes());
    }
}
