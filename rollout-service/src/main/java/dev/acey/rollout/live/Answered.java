package dev.acey.rollout.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * What a client is told.
 *
 * @param headers what this service adds
 * @param body a completion, or an error in OpenAI's shape
 */
record Answered(int status, Map<String, String> headers, JsonNode body) {}
