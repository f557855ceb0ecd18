package dev.acey.dataset.download;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.http.HttpServerResponse;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The body of an answer, sent as fast as the client takes it. */
sealed interface Download {

    /** Completes when all is sent; fails when the client has gone. */
    Uni<Void> sendTo(HttpServerResponse response, Vertx vertx);

    /** A part of a file, as the operating system sends it. */
    record FilePart(Path file, long from, long length) implements Download {
        @Override
        public Uni<Void> sendTo(HttpServerResponse response, Vertx vertx) {
            return response.sendFile(file.toString(), from, length);
        }
    }

    /** What has to be made on the way out, on a worker. */
    record Made(Callable<Chunks> opening) implements Download {
        @Override
        public Uni<Void> sendTo(HttpServerResponse response, Vertx vertx) {
            return vertx.executeBlocking(opening, false)
                    .chain(
                            chunks ->
                                    pump(chunks, response.setChunked(true), vertx)
                                            .onTermination()
                                            .call(() -> close(chunks, vertx)))
                    .chain(() -> response.end());
        }

        private static Uni<Void> pump(Chunks chunks, HttpServerResponse response, Vertx vertx) {
            return Multi.createBy()
                    .repeating()
                    .uni(() -> sendNext(chunks, response, vertx))
                    .whilst(more -> more)
                    .onItem()
                    .ignoreAsUni();
        }

        private static Uni<Boolean> sendNext(
                Chunks chunks, HttpServerResponse response, Vertx vertx) {
            return vertx.executeBlocking(() -> Optional.ofNullable(chunks.next()), false)
                    .chain(
                            chunk ->
                                    chunk.isEmpty()
                                            ? Uni.createFrom().item(false)
                                            : response.write(Buffer.buffer(chunk.get()))
                                                    .replaceWith(true));
        }

        private static Uni<Void> close(Chunks chunks, Vertx vertx) {
            return vertx.executeBlocking(
                    () -> {
                        chunks.close();
                        return null;
                    },
                    false);
        }
    }
}
