package dev.acey.dataset.example;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.digest.Sha256;
import dev.acey.kit.entry.LogEntry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * Tells conversations apart. Two calls belong to the same one when they were made in the same
 * channel and began alike: with the first of {@code context.previousMessages}, else with the first
 * message of the prompt that is not the system's. So the first turn belongs to those that follow
 * it, and a prompt that was asked twice is one conversation.
 */
final class Conversation {

    private static final byte END = (byte) 0xff;

    private Conversation() {}

    /** 64 bits of a hash of channel and beginning. */
    static long of(LogEntry entry, Prompt prompt) {
        MessageDigest digest = Sha256.digest();
        digest.update(
                Objects.requireNonNullElse(entry.channel(), "").getBytes(StandardCharsets.UTF_8));
        digest.update(END);
        digest.update(beginning(entry, prompt).strip().getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    private static String beginning(LogEntry entry, Prompt prompt) {
        JsonNode first = entry.context().path("previousMessages").path(0);
        JsonNode content = first.isObject() ? first.path("content") : first;
        return content.isTextual() ? content.textValue() : prompt.opening();
    }
}
