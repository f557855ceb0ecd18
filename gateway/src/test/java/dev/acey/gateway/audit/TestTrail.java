package dev.acey.gateway.audit;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A trail made, and checked, by what docs/audit.md says and by nothing else. */
final class TestTrail {

    static final String BEFORE_THE_FIRST = "0".repeat(64);

    private TestTrail() {}

    /** Links of one a second from the epoch on, as a service gives them. */
    static List<Map<String, Object>> of(String subject, int count) {
        List<Map<String, Object>> links = new ArrayList<>();
        String previous = BEFORE_THE_FIRST;
        for (int seq = 1; seq <= count; seq++) {
            Instant at = Instant.ofEpochSecond(seq);
            String detail = "{\"n\":" + seq + "}";
            String hash = hash(previous, seq, at, "nina", "thing.decide", subject, detail);
            links.add(
                    Map.of(
                            "seq",
                            seq,
                            "at",
                            at.toString().replace("Z", ".000Z"),
                            "actor",
                            "nina",
                            "action",
                            "thing.decide",
                            "subject",
                            subject,
                            "detail",
                            detail,
                            "previousHash",
                            previous,
                            "hash",
                            hash));
            previous = hash;
        }
        return links;
    }

    static String hash(String previous, long seq, Instant at, String... fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(HexFormat.of().parseHex(previous));
            out.writeLong(seq);
            out.writeLong(at.toEpochMilli());
            for (String field : fields) {
                byte[] utf8 = field.getBytes(StandardCharsets.UTF_8);
                out.writeInt(utf8.length);
                out.write(utf8);
            }
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
            return HexFormat.of().formatHex(digest);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
