package dev.acey.kit.audit;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
        MessageDigest sha256 = sha256();
        sha256.update(HexFormat.of().parseHex(previousHash));
        sha256.update(ByteBuffer.allocate(8).putLong(seq).array());
        sha256.update(ByteBuffer.allocate(8).putLong(at.toEpochMilli()).array());
        for (String field : new String[] {actor, action, subject, detail}) {
            byte[] utf8 = field.getBytes(StandardCharsets.UTF_8);
            sha256.update(ByteBuffer.allocate(4).putInt(utf8.length).array());
            sha256.update(utf8);
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static String hex(Buffer bytes) {
        return HexFormat.of().formatHex(bytes.getBytes());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
