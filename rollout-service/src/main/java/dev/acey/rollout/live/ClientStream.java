package dev.acey.rollout.live;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;

/**
 * The client's end of a streamed answer, to be used on its event loop. What a client is too slow
 * for waits; once it is gone, or slower than anybody should be, everything is left out.
 */
final class ClientStream {

    private static final long PATIENCE_MILLIS = 30_000;

    private final HttpServerResponse response;
    private final Context context;
    private UniEmitter<? super Void> waiting;
    private boolean begun;
    private boolean gone;

    ClientStream(HttpServerResponse response, Context context) {
        this.response = response;
        this.context = context;
        this.gone = response.closed();
        response.closeHandler(closed -> leave());
        response.exceptionHandler(broken -> leave());
    }

    /** Where it is to be used. */
    Uni<Void> here() {
        return Uni.createFrom()
                .voidItem()
                .emitOn(task -> context.runOnContext(ignored -> task.run()));
    }

    boolean isBegun() {
        return begun;
    }

    boolean isGone() {
        return gone;
    }

    void begin(Map<String, String> headers) {
        begun = true;
        if (!gone) {
            response.setChunked(true);
            response.putHeader("Content-Type", "text/event-stream");
            response.putHeader("Cache-Control", "no-cache");
            headers.forEach(response::putHeader);
        }
    }

    /** Completes when there is room for more. */
    Uni<Void> event(String data) {
        if (gone) {
            return Uni.createFrom().voidItem();
        }
        StringBuilder event = new StringBuilder();
        data.lines().forEach(line -> event.append("data: ").append(line).append('\n'));
        response.write(event.append('\n').toString()).onFailure(broken -> leave());
        return response.writeQueueFull() ? room() : Uni.createFrom().voidItem();
    }

    void end() {
        if (!gone) {
            response.end("data: [DONE]\n\n").onFailure(broken -> leave());
        }
    }

    private Uni<Void> room() {
        return Uni.createFrom()
                .emitter(
                        emitter -> {
                            waiting = emitter;
                            long timer =
                                    context.owner()
                                            .setTimer(PATIENCE_MILLIS, id -> response.reset());
                            emitter.onTermination(() -> context.owner().cancelTimer(timer));
                            response.drainHandler(drained -> goOn());
                        });
    }

    private void leave() {
        gone = true;
        goOn();
    }

    private void goOn() {
        if (waiting != null) {
            UniEmitter<? super Void> next = waiting;
            waiting = null;
            next.complete(null);
        }
    }
}
