package dev.acey.rollout.upstream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.rollout.model.KnownModel;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import java.util.concurrent.atomic.AtomicBoolean;

/** The events of a streamed answer. */
final class ModelEvents {

    private ModelEvents() {}

    /**
     * The data of each event, read no faster than asked for, for as long as the model may take.
     *
     * @param answer its head is here, its body paused
     * @param ended is told when nothing more comes
     */
    static Multi<String> of(
            KnownModel model,
            HttpClientResponse answer,
            long mostBytes,
            Vertx vertx,
            UniEmitter<? super ObjectNode> ended) {
        SseEvents events = new SseEvents(mostBytes);
        AtomicBoolean late = new AtomicBoolean();
        long timer =
                vertx.setTimer(
                        model.timeoutMs(),
                        id -> {
                            late.set(true);
                            ModelHttp.giveUp(answer.request());
                        });
        return io.vertx.mutiny.core.http.HttpClientResponse.newInstance(answer)
                .toMulti()
                .onItem()
                .transformToMultiAndConcatenate(
                        piece -> Multi.createFrom().iterable(events.add(piece.getDelegate())))
                .onFailure()
                .transform(failure -> failure(model.name(), failure, late.get()))
                .onTermination()
                .invoke(
                        (failure, cancelled) -> {
                            vertx.cancelTimer(timer);
                            if (cancelled) {
                                ModelHttp.giveUp(answer.request());
                            }
                            if (failure == null) {
                                ended.complete(null);
                            } else {
                                ended.fail(failure);
                            }
                        });
    }

    private static Throwable failure(String model, Throwable failure, boolean late) {
        if (late) {
            return Failures.timedOut(model);
        }
        return failure instanceof SseEvents.TooLongException
                ? Failures.badAnswer(model, failure.getMessage())
                : Failures.of(model, failure);
    }
}
