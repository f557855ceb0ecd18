package dev.acey.kit.job;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Starts the worker with the service, and gives its jobs back when the service stops. */
@Singleton
class JobLifecycle {

    private static final Logger LOG = Logger.getLogger(JobLifecycle.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final JobWorker worker;

    JobLifecycle(JobWorker worker) {
        this.worker = worker;
    }

    void start(@Observes StartupEvent event) {
        worker.start();
    }

    void stop(@Observes ShutdownEvent event) {
        worker.stop()
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .invoke(f -> LOG.warnf("jobs were not all given back: %s", f))
                .onFailure()
                .recoverWithNull()
                .await()
                .indefinitely();
    }
}
