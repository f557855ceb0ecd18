package dev.acey.log.collect;

import dev.acey.kit.entry.LogEntry;
import dev.acey.kit.entry.Performance;
import io.opentelemetry.api.trace.Span;

/**
 * Says on the span of the request what was called, in the names of OpenTelemetry's semantic
 * conventions for generative AI, as far as they have any. Never content.
 */
final class CallSpan {

    private CallSpan() {}

    static void describe(LogEntry entry) {
        Span span = Span.current();
        span.setAttribute("acey.task_type", entry.taskType());
        if (entry.model() != null) {
            span.setAttribute("gen_ai.request.model", entry.model());
        }
        Performance performance = entry.performance();
        if (performance != null && performance.promptTokens() != null) {
            span.setAttribute("gen_ai.usage.input_tokens", performance.promptTokens());
        }
        if (performance != null && performance.completionTokens() != null) {
            span.setAttribute("gen_ai.usage.output_tokens", performance.completionTokens());
        }
    }
}
