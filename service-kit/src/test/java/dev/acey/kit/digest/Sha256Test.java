package dev.acey.kit.digest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Sha256Test {

    /** Of the examples NIST gives with the standard. */
    private static final String ABC =
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private static final String MILLION_A =
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

    @Test
    void theStandardsExamplesComeOut() throws IOException {
        assertEquals(ABC, Sha256.hex("abc".getBytes(UTF_8)));
        assertEquals(ABC, HexFormat.of().formatHex(Sha256.of("abc")));
        assertEquals(
                MILLION_A,
                Sha256.hex(new ByteArrayInputStream("a".repeat(1_000_000).getBytes(UTF_8))));
    }

    @Test
    void textsAddedOneByOneDoNotRunIntoOneAnother() {
        assertNotEquals(added("ab", "c"), added("a", "bc"));
        assertNotEquals(added("a"), added("a", ""));
        assertNotEquals(added(""), added((String) null));
        assertEquals(added("a", null, "b"), added("a", null, "b"));
    }

    @Test
    void aTextIsAddedWithItsLengthInBytes() {
        assertEquals(
                Sha256.hex(new byte[] {0, 0, 0, 2, (byte) 0xc3, (byte) 0xa9, -1, -1, -1, -1}),
                added("é", null));
    }

    private static String added(String... texts) {
        MessageDigest digest = Sha256.digest();
        for (String text : texts) {
            Sha256.add(digest, text);
        }
        return Sha256.hex(digest);
    }
}
