package dev.acey.log;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The spans that ended last. */
@Singleton
public class EndedSpans implements SpanProcessor {

    private static final int MOST = 1_000;

    private final Deque<SpanData> spans = new ArrayDeque<>();

    /** All spans of a trace, in the order they ended in. */
    public synchronized List<SpanData> of(String traceId) {
        return spans.stream().filter(span -> span.getTraceId().equals(traceId)).toList();
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public synchronized void onEnd(ReadableSpan span) {
        spans.add(span.toSpanData());
        if (spans.size() > MOST) {
            spans.remove();
        }
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }
}
