package dev.acey.gateway.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Predicate;

/**
 * One server's OpenAPI document.
 *
 * @param name tells its components from those of others where names clash, such as {@code Log}
 * @param document as the server gave it
 * @param owns which of its paths belong into the whole
 */
record Part(String name, ObjectNode document, Predicate<String> owns) {}
