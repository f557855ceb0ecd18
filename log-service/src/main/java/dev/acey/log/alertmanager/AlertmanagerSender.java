package dev.acey.log.alertmanager;

import dev.acey.log.alert.Alert;
import dev.acey.log.alert.AlertStore;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Tells Alertmanager which alerts fire and which were resolved lately, again and again, as it
 * expects. Every replica does so by itself, from the database: Alertmanager knows an alert by its
 * labels and takes the same one from many senders. While it is away the pause grows from a second
 * to a minute; nothing is queued, for the next telling says all there is to say.
 */
@Singleton
class AlertmanagerSender {

    /** How long a resolved alert is told again, so that no fault of the moment hides it. */
    static final Duration RESOLVED_FOR = Duration.ofMinutes(15);

    private static final Logger LOG = Logger.getLogger(AlertmanagerSender.class);
    private static final String URL = "acey.alertmanager.url";
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final int TOLD_WITHIN = 4;
    private static final long SECONDS_TO_ANSWER = 10;

    private final AlertmanagerSettings settings;
    private final AlertStore alerts;
    private final Vertx vertx;
    private final Clock clock;
    private AlertmanagerApi alertmanager;
    private Duration pause = FIRST_PAUSE;
    private volatile boolean stopped;

    AlertmanagerSender(AlertmanagerSettings settings, AlertStore alerts, Vertx vertx, Clock clock) {
        this.settings = settings;
        this.alerts = alerts;
        this.vertx = vertx;
        this.clock = clock;
    }

    void start(@Observes StartupEvent start) {
        settings.url()
                .ifPresent(
                        url -> {
                            check(url);
                            alertmanager =
                                    QuarkusRestClientBuilder.newBuilder()
                                            .baseUri(url)
                                            .connectTimeout(SECONDS_TO_ANSWER, TimeUnit.SECONDS)
                                            .readTimeout(SECONDS_TO_ANSWER, TimeUnit.SECONDS)
                                            .followRedirects(false)
                                            .build(AlertmanagerApi.class);
                            tellAfter(FIRST_PAUSE);
                        });
    }

    void stop(@Observes ShutdownEvent stop) {
        stopped = true;
    }

    /**
     * @throws IllegalArgumentException naming the property, for a URL that nothing can be sent to
     */
    static void check(URI url) {
        boolean http = Set.of("http", "https").contains(String.valueOf(url.getScheme()));
        if (!http
                || url.getHost() == null
                || url.getUserInfo() != null
                || url.getQuery() != null
                || url.getFragment() != null) {
            throw new IllegalArgumentException(
                    URL
                            + " must be an http or https URL with a host, and without user, query"
                            + " and fragment");
        }
    }

    /** Tells all there is to tell now; completes when Alertmanager has taken it. */
    private Uni<Void> tell(Instant now) {
        return alerts.firingOrResolvedSince(now.minus(RESOLVED_FOR))
                .map(known -> postable(known, now))
                .chain(
                        known ->
                                known.isEmpty()
                                        ? Uni.createFrom().voidItem()
                                        : alertmanager
                                                .post(known)
                                                .invoke(AlertmanagerSender::check)
                                                .replaceWithVoid());
    }

    private static void check(RestResponse<Void> answer) {
        if (answer.getStatus() >= 300) {
            throw new IllegalStateException("it answered " + answer.getStatus());
        }
    }

    private List<PostableAlert> postable(List<Alert> known, Instant now) {
        Duration holds = settings.repeat().multipliedBy(TOLD_WITHIN);
        return known.stream().map(alert -> PostableAlert.of(alert, now, holds)).toList();
    }

    private void tellAfter(Duration delay) {
        vertx.setTimer(
                delay.toMillis(),
                timer -> {
                    if (!stopped) {
                        tell(clock.instant()).subscribe().with(done -> told(), this::failed);
                    }
                });
    }

    private void told() {
        pause = FIRST_PAUSE;
        tellAfter(settings.repeat());
    }

    private void failed(Throwable failure) {
        LOG.warnf("Alertmanager is told again in %d s: %s", pause.toSeconds(), failure);
        Duration delay = pause;
        Duration twice = delay.multipliedBy(2);
        pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
        tellAfter(delay);
    }
}
