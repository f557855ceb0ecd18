package dev.acey.gateway.proxy;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.streams.Pipe;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;

/**
 * Streams an answer to the client, in place of the proxy library, which would collect an answer of
 * unknown length for an HTTP/1.0 client in memory, and after an answer that broke off would leave
 * the server waiting for the request's end when it stops.
 */
final class Delivery implements ProxyInterceptor {

    @Override
    public Future<Void> handleProxyResponse(ProxyContext context) {
        ProxyResponse answer = context.response();
        HttpServerRequest client = context.request().proxiedRequest();
        HttpServerResponse to = client.response();
        to.setStatusCode(answer.getStatusCode());
        answer.headers().remove(HttpHeaders.TRANSFER_ENCODING);
        to.headers().addAll(answer.headers());
        Body body = answer.getBody();
        if (body == null) {
            return to.end();
        }
        if (body.length() >= 0) {
            to.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(body.length()));
        } else if (client.version() == HttpVersion.HTTP_1_0) {
            // Without chunks the end of the connection is the end of the answer.
            to.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        } else {
            to.setChunked(true);
        }
        Pipe<Buffer> pipe = body.stream().pipe().endOnFailure(false);
        return pipe.to(to).onFailure(broken -> breakOff(context, client));
    }

    /** A client must see that what it got is not all. */
    private static void breakOff(ProxyContext context, HttpServerRequest client) {
        ServiceGuard.exchangeOf(context).giveUp();
        client.connection().close();
    }
}
