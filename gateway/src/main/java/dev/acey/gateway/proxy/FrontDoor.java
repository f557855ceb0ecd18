package dev.acey.gateway.proxy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.gateway.upstream.Service;
import dev.acey.gateway.upstream.ServiceUrls;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import io.vertx.ext.web.RoutingContext;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Hands each request to the service that owns its path, or lets the gateway's own paths follow. */
@ApplicationScoped
class FrontDoor {

    /**
     * After authentication and authorisation (200, 100), before the limit of body sizes (2), which
     * is for the gateway's own paths.
     */
    private static final int PRIORITY = 50;

    private static final Logger LOG = Logger.getLogger(FrontDoor.class);

    private static final long RESET_CANCEL = 8;

    private final Map<Service, HttpProxy> proxies = new EnumMap<>(Service.class);
    private final ObjectMapper json;

    FrontDoor(
            Vertx vertx,
            ServiceUrls urls,
            ProxySettings settings,
            ObjectMapper json,
            MeterRegistry metrics) {
        this.json = json;
        HttpClient client = vertx.createHttpClient(options(settings));
        ProxyOptions plainHttp = new ProxyOptions().setSupportWebSocket(false);
        for (Service service : Service.values()) {
            RequestOptions to = to(urls.of(service), settings);
            proxies.put(
                    service,
                    HttpProxy.reverseProxy(plainHttp, client)
                            .origin(context -> connect(context, to))
                            .addInterceptor(new Delivery())
                            .addInterceptor(new Headers())
                            .addInterceptor(
                                    new ServiceGuard(service, settings, vertx, json, metrics)));
        }
    }

    void register(@Observes Filters filters) {
        filters.register(this::enter, PRIORITY);
    }

    private void enter(RoutingContext context) {
        HttpServerRequest request = context.request();
        Optional<String> path = Target.pathOf(request.uri());
        if (path.isEmpty() || path.get().startsWith("/internal")) {
            Refusal.nothingThere().answer(context, json);
            return;
        }
        Optional<Service> owner = PathTable.ownerOf(path.get());
        if (owner.isEmpty()) {
            context.next();
        } else if (!isFramedPlainly(request)) {
            new Refusal(400, "Transfer-Encoding can only be chunked.", 0).answer(context, json);
        } else {
            proxies.get(owner.get()).handle(request);
        }
    }

    /** Anything but "chunked" could be framed in another way by the service than by the gateway. */
    private static boolean isFramedPlainly(HttpServerRequest request) {
        String encoding = request.getHeader("Transfer-Encoding");
        return encoding == null || encoding.equalsIgnoreCase("chunked");
    }

    /** How an exchange ends is told by its futures; a handler keeps Vert.x from logging it too. */
    private static void toldElsewhere(Throwable failure) {
        LOG.debugf("an exchange broke off: %s", failure);
    }

    private static Future<HttpClientRequest> connect(ProxyContext context, RequestOptions to) {
        HttpServerRequest client = context.request().proxiedRequest();
        return context.client()
                .request(to)
                .compose(
                        request -> {
                            request.exceptionHandler(FrontDoor::toldElsewhere);
                            if (client.response().closed()) {
                                request.reset(RESET_CANCEL);
                                return Future.failedFuture(new StreamResetException(RESET_CANCEL));
                            }
                            ServiceGuard.exchangeOf(context).sentOver(request);
                            if ("100-continue".equalsIgnoreCase(client.getHeader("Expect"))) {
                                client.response().writeContinue();
                            }
                            return Future.succeededFuture(request);
                        });
    }

    private static RequestOptions to(URI url, ProxySettings settings) {
        return new RequestOptions()
                .setHost(url.getHost())
                .setPort(ServiceUrls.portOf(url))
                .setSsl(ServiceUrls.isTls(url))
                .setConnectTimeout(settings.connectTimeout().toMillis());
    }

    private static HttpClientOptions options(ProxySettings settings) {
        return new HttpClientOptions()
                .setName("proxy")
                .setMaxPoolSize(settings.connections())
                .setMaxWaitQueueSize(0)
                .setIdleTimeout((int) settings.idleTimeout().toSeconds());
    }
}
