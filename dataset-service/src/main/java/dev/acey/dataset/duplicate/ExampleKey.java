package dev.acey.dataset.duplicate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Arrays;

/**
 * What makes two examples exact duplicates: all their texts are equal after Unicode's canonical
 * composition (NFC) and with each run of white space taken as one blank, none at the ends. Case
 * counts: a shout is not the same as a word.
 */
public final class ExampleKey {

    /** 128 bits: among a billion examples a false match has odds of about one in 10^21. */
    private static final int LENGTH = 16;

    /** Never part of UTF-8, so that texts cannot run into one another. */
    private static final byte END_OF_TEXT = (byte) 0xff;

    private ExampleKey() {}

    /** The first 16 bytes of the SHA-256 over the normalised texts in order. */
    public static byte[] of(JsonNode fields) {
        MessageDigest digest = Sha256.digest();
        add(digest, fields);
        return Arrays.copyOf(digest.digest(), LENGTH);
    }

    static String normalised(String text) {
        return isNormal(text) ? text : normalise(text);
    }

    /** What most texts are: ASCII with single blanks. */
    private static boolean isNormal(String text) {
        boolean blank = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > '~' || c < ' ' || (c == ' ' && blank)) {
                return false;
            }
            blank = c == ' ';
        }
        return !blank || text.isEmpty();
    }

    private static String normalise(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        StringBuilder out = new StringBuilder(composed.length());
        boolean gap = false;
        for (int i = 0; i < composed.length(); i++) {
            char c = composed.charAt(i);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                gap = !out.isEmpty();
            } else {
                if (gap) {
                    out.append(' ');
                    gap = false;
                }
                out.append(c);
            }
        }
        return out.toString();
    }

    private static void add(MessageDigest digest, JsonNode node) {
        if (node.isContainerNode()) {
            node.forEach(child -> add(digest, child));
        } else {
            digest.update(normalised(node.asText()).getBytes(StandardCharsets.UTF_8));
            digest.update(END_OF_TEXT);
        }
    }
}
