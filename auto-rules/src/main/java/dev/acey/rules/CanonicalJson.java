package dev.acey.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.erdtman.jcs.NumberToJSON;

/** The one canonical encoder: RFC 8785 (JSON Canonicalization Scheme). */
public final class CanonicalJson {
    private static final long EXACT_INTEGER = 1L << 53;

    private CanonicalJson() {}

    /**
     * The canonical UTF-8 bytes of a JSON value: keys sorted by UTF-16 code units, numbers as
     * ECMAScript prints the nearest double.
     *
     * @throws IllegalArgumentException for what RFC 8785 refuses (a lone surrogate, a number that
     *     is not finite as a double), for a node that is not JSON, and for nesting deeper than
     *     1,000
     */
    public static byte[] encode(JsonNode node) {
        return text(node).getBytes(StandardCharsets.UTF_8);
    }

    /** {@link #encode} before it becomes bytes. */
    public static String text(JsonNode node) {
        StringBuilder out = new StringBuilder(256);
        write(node, out, Limits.MAX_CANONICAL_DEPTH);
        return out.toString();
    }

    /** {@code sha256:} and the hexadecimal SHA-256 of the bytes. */
    public static String sha256(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void write(JsonNode node, StringBuilder out, int depthLeft) {
        if (depthLeft == 0) {
            throw new IllegalArgumentException("nested too deeply");
        }
        switch (node.getNodeType()) {
            case OBJECT -> writeObject(node, out, depthLeft);
            case ARRAY -> {
                out.append('[');
                for (int i = 0; i < node.size(); i++) {
                    if (i > 0) {
                        out.append(',');
                    }
                    write(node.get(i), out, depthLeft - 1);
                }
                out.append(']');
            }
            case STRING -> writeText(node.textValue(), out);
            case NUMBER -> writeNumber(node, out);
            case BOOLEAN -> out.append(node.booleanValue());
            case NULL -> out.append("null");
            default -> throw new IllegalArgumentException("not a JSON value");
        }
    }

    private static void writeObject(JsonNode node, StringBuilder out, int depthLeft) {
        List<String> names = new ArrayList<>(node.size());
        node.fieldNames().forEachRemaining(names::add);
        Collections.sort(names);
        char separator = '{';
        for (String name : names) {
            out.append(separator);
            writeText(name, out);
            out.append(':');
            write(node.get(name), out, depthLeft - 1);
            separator = ',';
        }
        out.append(names.isEmpty() ? "{}" : "}");
    }

    private static void writeNumber(JsonNode node, StringBuilder out) {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            long value = node.longValue();
            if (value >= -EXACT_INTEGER && value <= EXACT_INTEGER) {
                out.append(value);
                return;
            }
        }
        double value = asDouble(node);
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a number that is not finite as a double");
        }
        out.append(decimal(value));
    }

    /** The double a JSON number stands for; a float node means the digits it prints. */
    static double asDouble(JsonNode number) {
        return number.isFloat() ? Double.parseDouble(number.asText()) : number.doubleValue();
    }

    /** The shortest digits of a finite double, as ECMAScript prints them, the same on every JDK. */
    static String decimal(double value) {
        try {
            return NumberToJSON.serializeNumber(value);
        } catch (IOException e) {
            throw new IllegalArgumentException("a number that is not finite as a double", e);
        }
    }

    private static void writeText(String text, StringBuilder out) {
        out.append('"');
        int plain = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c != '"' && c != '\\' && !Character.isSurrogate(c)) {
                continue;
            }
            out.append(text, plain, i);
            if (Character.isSurrogate(c)) {
                if (!Text.isPairAt(text, i)) {
                    throw new IllegalArgumentException("a lone surrogate");
                }
                out.append(c).append(text.charAt(++i));
            } else {
                writeEscaped(c, out);
            }
            plain = i + 1;
        }
        out.append(text, plain, text.length()).append('"');
    }

    private static void writeEscaped(char c, StringBuilder out) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            default -> out.append("\\u00").append(HexFormat.of().toHexDigits((byte) c));
        }
    }
}
