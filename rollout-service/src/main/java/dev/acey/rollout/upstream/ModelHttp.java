package dev.acey.rollout.upstream;

import dev.acey.rollout.model.KnownModel;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/** Exchanges with models' servers, byte by byte. Who stops waiting ends the exchange. */
@Singleton
class ModelHttp {

    private static final Logger LOG = Logger.getLogger(ModelHttp.class);
    private static final int IDLE_SECONDS = 660;

    private final HttpClient client;
    private final int connectMillis;

    ModelHttp(Vertx vertx, UpstreamSettings settings) {
        this.connectMillis = (int) settings.connectTimeout().toMillis();
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setName("models")
                                .setMaxPoolSize(settings.concurrency())
                                .setConnectTimeout(connectMillis)
                                .setIdleTimeout(IDLE_SECONDS)
                                .setDecompressionSupported(true));
    }

    @PreDestroy
    void close() {
        client.close().onFailure(e -> LOG.debugf("The client did not close: %s", e));
    }

    /**
     * Sends the request; completes with the head of the answer, its body paused.
     *
     * @param key null for a server that asks for none
     */
    Uni<HttpClientResponse> open(KnownModel model, String key, Buffer body) {
        RequestOptions options =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setAbsoluteURI(url(model))
                        .setConnectTimeout(connectMillis)
                        .putHeader("Content-Type", "application/json")
                        .putHeader("Accept", "application/json, text/event-stream");
        if (key != null) {
            options.putHeader("Authorization", "Bearer " + key);
        }
        return Uni.createFrom()
                .emitter(
                        emitter -> {
                            AtomicReference<HttpClientRequest> sent = new AtomicReference<>();
                            AtomicBoolean answered = new AtomicBoolean();
                            emitter.onTermination(() -> giveUpUnless(answered, sent.get()));
                            client.request(options)
                                    .compose(
                                            request -> {
                                                sent.set(request);
                                                request.exceptionHandler(ModelHttp::toldElsewhere);
                                                return request.send(body);
                                            })
                                    .onSuccess(
                                            answer -> {
                                                answer.pause();
                                                answered.set(true);
                                                emitter.complete(answer);
                                            })
                                    .onFailure(emitter::fail);
                        });
    }

    /** The rest of an answer, no more than so many bytes. */
    static Uni<Buffer> read(HttpClientResponse answer, long most) {
        return Uni.createFrom()
                .emitter(
                        emitter -> {
                            Buffer body = Buffer.buffer();
                            AtomicBoolean whole = new AtomicBoolean();
                            emitter.onTermination(() -> giveUpUnless(whole, answer.request()));
                            answer.exceptionHandler(emitter::fail);
                            answer.endHandler(
                                    end -> {
                                        whole.set(true);
                                        emitter.complete(body);
                                    });
                            answer.handler(
                                    piece -> {
                                        body.appendBuffer(piece);
                                        if (body.length() > most) {
                                            emitter.fail(new IOException("the answer is too long"));
                                        }
                                    });
                            answer.resume();
                        });
    }

    private static void giveUpUnless(AtomicBoolean done, HttpClientRequest request) {
        if (!done.get()) {
            giveUp(request);
        }
    }

    /** Ends an exchange that nobody waits for any more. */
    static void giveUp(HttpClientRequest request) {
        if (request != null) {
            request.reset();
        }
    }

    private static String url(KnownModel model) {
        String base = model.baseUrl();
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
                + "/chat/completions";
    }

    /** How an exchange ends is told by its future; a handler keeps Vert.x from logging it too. */
    private static void toldElsewhere(Throwable failure) {
        LOG.debugf("an exchange broke off: %s", failure);
    }
}
