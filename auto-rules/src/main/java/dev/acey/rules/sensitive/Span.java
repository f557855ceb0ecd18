package dev.acey.rules.sensitive;

/**
 * A place in a text.
 *
 * @param start the first character (UTF-16)
 * @param end behind the last one; greater than {@code start}
 */
public record Span(int start, int end) {}
