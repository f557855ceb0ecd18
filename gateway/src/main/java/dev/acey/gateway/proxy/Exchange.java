package dev.acey.gateway.proxy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/**
 * One request on its way, watched until the head of its answer arrives. A service that says nothing
 * for too long after it was sent everything is given up; so is a client that stops in the middle of
 * its request.
 */
final class Exchange {

    /** A silence is measured in quarters of the time-out: cheap, and exact to a quarter. */
    private static final int LOOKS = 4;

    private static final long RESET_CANCEL = 8;

    private final HttpServerRequest client;
    private final Vertx vertx;
    private final Duration limit;
    private HttpClientRequest upstream;
    private Silence silence = Silence.NONE;
    private boolean answered;
    private long timer;
    private long read;
    private int quietLooks;

    /** Whose silence ended the exchange. */
    enum Silence {
        NONE,
        OF_CLIENT,
        OF_SERVICE
    }

    Exchange(HttpServerRequest client, Vertx vertx, Duration headTimeout) {
        this.client = client;
        this.vertx = vertx;
        this.limit = headTimeout;
    }

    /** Begins to watch. */
    void sentOver(HttpClientRequest request) {
        upstream = request;
        read = client.bytesRead();
        lookLater();
    }

    /** Ends the watch: the head is here, or the exchange failed. */
    void over() {
        answered = true;
        vertx.cancelTimer(timer);
    }

    /** Breaks off what is still under way with the service. */
    void giveUp() {
        if (upstream != null) {
            upstream.reset(RESET_CANCEL);
        }
    }

    Silence silence() {
        return silence;
    }

    private void lookLater() {
        timer = vertx.setTimer(Math.max(1, limit.toMillis() / LOOKS), id -> look());
    }

    private void look() {
        if (answered) {
            return;
        }
        quietLooks = client.bytesRead() == read ? quietLooks + 1 : 0;
        read = client.bytesRead();
        if (quietLooks < LOOKS) {
            lookLater();
            return;
        }
        boolean serviceIsNext = client.isEnded() || upstream.writeQueueFull();
        silence = serviceIsNext ? Silence.OF_SERVICE : Silence.OF_CLIENT;
        giveUp();
    }
}
