package dev.acey.gateway.proxy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.gateway.upstream.Service;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import jakarta.enterprise.util.TypeLiteral;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jboss.logging.Logger;

/**
 * Stands between the gateway and one service: gives up what takes too long, leaves a service alone
 * that cannot be reached, and says so in a problem document. What a living service answers, also
 * {@code 5xx}, is its answer and no failure.
 */
final class ServiceGuard implements ProxyInterceptor {

    private static final Logger LOG = Logger.getLogger(ServiceGuard.class);
    private static final String MODELS = "/v1/";
    private static final String EXCHANGE = "exchange";
    private static final double FAILURE_RATIO = 0.5;

    private final Service service;
    private final ProxySettings settings;
    private final Vertx vertx;
    private final ObjectMapper json;
    private final MeterRegistry metrics;
    private final TypedGuard<CompletionStage<ProxyResponse>> breaker;

    ServiceGuard(
            Service service,
            ProxySettings settings,
            Vertx vertx,
            ObjectMapper json,
            MeterRegistry metrics) {
        this.service = service;
        this.settings = settings;
        this.vertx = vertx;
        this.json = json;
        this.metrics = metrics;
        AtomicInteger open =
                metrics.gauge(
                        "acey.proxy.breaker.open",
                        Tags.of("service", service.key()),
                        new AtomicInteger());
        this.breaker =
                TypedGuard.create(new TypeLiteral<CompletionStage<ProxyResponse>>() {})
                        .withDescription(service.title())
                        .withCircuitBreaker()
                        .failOn(ProxyFailure.OfService.class)
                        .requestVolumeThreshold(settings.breakerCalls())
                        .failureRatio(FAILURE_RATIO)
                        .delay(settings.breakerDelay().toMillis(), ChronoUnit.MILLIS)
                        .onStateChange(state -> changed(state, open))
                        .done()
                        .build();
    }

    static Exchange exchangeOf(ProxyContext context) {
        return context.get(EXCHANGE, Exchange.class);
    }

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        HttpServerRequest client = context.request().proxiedRequest();
        Exchange exchange =
                new Exchange(
                        client,
                        vertx,
                        client.path().startsWith(MODELS)
                                ? settings.modelHeadTimeout()
                                : settings.headTimeout());
        context.set(EXCHANGE, exchange);
        return guarded(() -> send(context, exchange)).recover(why -> refuse(context, why));
    }

    /**
     * The breaker lets the call through and learns how it went, but the answer does not wait for
     * it: between an answer's head and the handlers of its body there must be no gap in which the
     * connection could break unseen.
     */
    private Future<ProxyResponse> guarded(Supplier<Future<ProxyResponse>> call) {
        Promise<ProxyResponse> answer = Promise.promise();
        breaker.get(() -> call.get().onComplete(answer).toCompletionStage())
                .whenComplete((done, failure) -> prevented(answer, failure));
        return answer.future();
    }

    private static void prevented(Promise<ProxyResponse> answer, Throwable failure) {
        if (failure != null) {
            answer.tryFail(failure);
        }
    }

    private Future<ProxyResponse> send(ProxyContext context, Exchange exchange) {
        return context.sendRequest()
                .onComplete(done -> exchange.over())
                .recover(
                        failure ->
                                Future.failedFuture(
                                        ProxyFailure.of(service, exchange.silence(), failure)));
    }

    private Future<ProxyResponse> refuse(ProxyContext context, Throwable failure) {
        ProxyFailure why =
                failure instanceof CircuitBreakerOpenException
                        ? ProxyFailure.leftAlone(service)
                        : failure instanceof ProxyFailure known
                                ? known
                                : ProxyFailure.of(service, Exchange.Silence.NONE, failure);
        metrics.counter("acey.proxy.failures", "service", service.key(), "reason", why.reason())
                .increment();
        LOG.debugf("%s: %s", service.title(), why);
        return Future.succeededFuture(why.refusal().answer(context.request(), json));
    }

    private void changed(CircuitBreakerState state, AtomicInteger open) {
        open.set(state == CircuitBreakerState.CLOSED ? 0 : 1);
        LOG.infof("the circuit breaker of %s is %s", service.title(), state);
    }
}
