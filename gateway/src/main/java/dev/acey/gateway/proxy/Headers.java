package dev.acey.gateway.proxy;

import dev.acey.kit.request.RequestId;
import io.opentelemetry.api.trace.Span;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.util.List;

/**
 * What changes in the headers on the way. Those of one hop (RFC 9110 section 7.6.1) end here in
 * both directions. {@code Host} stays as the client sent it, so that a service's {@code Location}
 * leads back here. {@code X-Forwarded-*} say what the gateway itself saw: what a client claims
 * there is dropped.
 */
final class Headers implements ProxyInterceptor {

    private static final List<String> ONE_HOP =
            List.of(
                    "Connection",
                    "Keep-Alive",
                    "Proxy-Connection",
                    "Proxy-Authenticate",
                    "Proxy-Authorization",
                    "TE",
                    "Trailer",
                    "Upgrade",
                    "HTTP2-Settings");

    private static final List<String> CLAIMS =
            List.of(
                    "Forwarded",
                    "X-Forwarded-For",
                    "X-Forwarded-Proto",
                    "X-Forwarded-Host",
                    "X-Forwarded-Port",
                    "X-Forwarded-Prefix",
                    "X-Forwarded-Ssl",
                    "X-Real-IP");

    private static final List<String> TRACE = List.of("traceparent", "tracestate", "baggage");

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        ProxyRequest request = context.request();
        HttpServerRequest client = request.proxiedRequest();
        dropOneHop(request.headers());
        // The gateway itself says "continue", as soon as it has reached the service.
        request.headers().remove("Expect");
        CLAIMS.forEach(request.headers()::remove);
        if (Span.current().getSpanContext().isValid()) {
            // The tracer names its own span to the service, within the client's trace.
            TRACE.forEach(request.headers()::remove);
        }
        SocketAddress from = client.remoteAddress();
        if (from != null && from.hostAddress() != null) {
            request.putHeader("X-Forwarded-For", from.hostAddress());
        }
        request.putHeader("X-Forwarded-Proto", client.scheme());
        if (client.authority() != null) {
            request.setAuthority(client.authority());
            request.putHeader("X-Forwarded-Host", client.authority().toString());
        }
        return context.sendRequest();
    }

    @Override
    public Future<Void> handleProxyResponse(ProxyContext context) {
        MultiMap headers = context.response().headers();
        dropOneHop(headers);
        // The answer has it already, from the gateway's own filter.
        headers.remove(RequestId.HEADER);
        return context.sendResponse();
    }

    private static void dropOneHop(MultiMap headers) {
        for (String connection : headers.getAll("Connection")) {
            for (String named : connection.split(",", -1)) {
                if (!named.isBlank()) {
                    headers.remove(named.strip());
                }
            }
        }
        ONE_HOP.forEach(headers::remove);
    }
}
