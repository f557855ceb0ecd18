package dev.acey.gateway.proxy;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;

/**
 * HTTP/1.0, which some reverse proxies in front of this one still speak, knows no chunks: an answer
 * of unknown length is streamed and ends with the connection. The proxy library would collect it in
 * memory instead.
 */
final class OldClients implements ProxyInterceptor {

    @Override
    public Future<Void> handleProxyResponse(ProxyContext context) {
        ProxyResponse answer = context.response();
        Body body = answer.getBody();
        boolean old = context.request().version() == HttpVersion.HTTP_1_0;
        if (!old || body == null || body.length() >= 0) {
            return context.sendResponse();
        }
        HttpServerResponse client = context.request().proxiedRequest().response();
        client.setStatusCode(answer.getStatusCode());
        answer.headers().remove("Transfer-Encoding");
        client.headers().addAll(answer.headers()).set("Connection", "close");
        return body.stream()
                .pipeTo(client)
                .onFailure(
                        broken -> {
                            ServiceGuard.exchangeOf(context).giveUp();
                            client.reset();
                        });
    }
}
