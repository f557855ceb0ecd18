package dev.acey.gateway.delivery;

import dev.acey.gateway.upstream.ServiceUrls;
import dev.acey.gateway.webhook.Destinations;
import dev.acey.gateway.webhook.WebhookSettings;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Singleton;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLException;
import org.jboss.logging.Logger;

/**
 * Calls receivers, one connection a call, to the very address that was checked. Redirections are
 * not followed, and of an answer's body only the beginning is read.
 */
@Singleton
class Receivers {

    private static final Logger LOG = Logger.getLogger(Receivers.class);

    static final int ANSWER_BYTES = 256;

    private final HttpClient client;
    private final Destinations destinations;
    private final Duration timeout;
    private final Clock clock;

    Receivers(Vertx vertx, Destinations destinations, WebhookSettings settings, Clock clock) {
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setName("webhooks")
                                .setKeepAlive(false)
                                .setMaxPoolSize(settings.concurrency())
                                .setConnectTimeout((int) settings.timeout().toMillis()));
        this.destinations = destinations;
        this.timeout = settings.timeout();
        this.clock = clock;
    }

    /** Calls once. Never fails: that nobody answered is a result. */
    Uni<Attempt> call(DueDeliveries.Taken delivery) {
        Call call = new Call();
        return destinations
                .of(delivery.url().getHost())
                .chain(
                        address ->
                                Uni.createFrom()
                                        .completionStage(
                                                () ->
                                                        post(delivery, address, call)
                                                                .toCompletionStage()))
                .ifNoItem()
                .after(timeout)
                .fail()
                .onFailure()
                .recoverWithItem(failure -> Attempt.unanswered(inWords(failure)))
                .onTermination()
                .invoke(call::end);
    }

    private Future<Attempt> post(DueDeliveries.Taken delivery, InetAddress address, Call call) {
        Instant now = clock.instant();
        URI url = delivery.url();
        return client.request(to(url, address))
                .compose(
                        request -> {
                            call.begin(request);
                            long timestamp = now.getEpochSecond();
                            String id = delivery.eventId();
                            return request.putHeader("Content-Type", "application/json")
                                    .putHeader("User-Agent", "Acey-Loop-Webhooks/1")
                                    .putHeader("webhook-id", id)
                                    .putHeader("webhook-timestamp", String.valueOf(timestamp))
                                    .putHeader(
                                            "webhook-signature",
                                            delivery.secret().sign(id, timestamp, delivery.body()))
                                    .send(Buffer.buffer(delivery.body()));
                        })
                .compose(
                        answer ->
                                beginningOf(answer)
                                        .map(
                                                body ->
                                                        Attempt.answered(
                                                                answer.statusCode(),
                                                                body,
                                                                answer.getHeader("Retry-After"),
                                                                now)));
    }

    private static RequestOptions to(URI url, InetAddress address) {
        String path =
                url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        int port = ServiceUrls.portOf(url);
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                .setHost(url.getHost())
                .setPort(port)
                .setSsl(ServiceUrls.isTls(url))
                .setURI(path + query);
    }

    /** Where the body breaks off the status stands: the receiver has answered. */
    private static Future<String> beginningOf(HttpClientResponse answer) {
        Promise<String> beginning = Promise.promise();
        Buffer sofar = Buffer.buffer();
        answer.handler(
                piece -> {
                    sofar.appendBuffer(piece);
                    if (sofar.length() >= ANSWER_BYTES) {
                        beginning.tryComplete(text(sofar));
                    }
                });
        answer.endHandler(end -> beginning.tryComplete(text(sofar)));
        answer.exceptionHandler(broken -> beginning.tryComplete(text(sofar)));
        return beginning.future();
    }

    /** What a column of text can hold. */
    private static String text(Buffer body) {
        Buffer beginning = body.getBuffer(0, Math.min(body.length(), ANSWER_BYTES));
        return beginning.toString(StandardCharsets.UTF_8).replace('\u0000', '\ufffd');
    }

    /** A call ends with its attempt: neither connects too late nor reads an endless answer. */
    private static final class Call {

        private HttpClientRequest request;
        private boolean over;

        synchronized void begin(HttpClientRequest connected) {
            request = connected;
            request.exceptionHandler(Call::brokeOff);
            request.connection().exceptionHandler(Call::brokeOff);
            if (over) {
                request.reset();
            }
        }

        /** The attempt tells it; a handler keeps Vert.x from logging it too. */
        private static void brokeOff(Throwable failure) {
            LOG.debugf("a call broke off: %s", failure);
        }

        synchronized void end() {
            over = true;
            if (request != null) {
                request.reset();
            }
        }
    }

    private String inWords(Throwable failure) {
        if (failure instanceof UnknownHostException) {
            return "nobody knows the receiver's name";
        }
        if (failure instanceof Destinations.NotPublicException) {
            return "the receiver's name " + failure.getMessage();
        }
        if (failure instanceof ConnectException) {
            return "the receiver takes no connection";
        }
        if (failure instanceof SSLException) {
            return "the receiver's TLS is not to be trusted, or is none";
        }
        return failure instanceof io.smallrye.mutiny.TimeoutException
                ? "no answer within " + timeout.toMillis() + " ms"
                : "the connection broke before an answer";
    }
}
