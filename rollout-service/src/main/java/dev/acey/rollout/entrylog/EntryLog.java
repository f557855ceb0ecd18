package dev.acey.rollout.entrylog;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** Puts entries on the record. */
@ApplicationScoped
public class EntryLog {

    private static final Logger LOG = Logger.getLogger(EntryLog.class);

    private final Attempts attempts;
    private final AtomicBoolean away = new AtomicBoolean();

    EntryLog(Attempts attempts) {
        this.attempts = attempts;
    }

    /** log-service understood the body and does not take it: trying again changes nothing. */
    public static final class RefusedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        RefusedException(Throwable cause) {
            super("log-service does not take our entries", cause);
        }
    }

    /**
     * Completes when log-service has said what it did with each line. Fails with {@link
     * NotLoggedException} while it cannot be reached, which says whether anything may be stored,
     * and with {@link RefusedException} when it takes nothing of it.
     *
     * @param ndjson entries with ids, a line each: posting them again changes nothing
     */
    public Uni<Receipt> post(byte[] ndjson) {
        AtomicInteger doubtful = new AtomicInteger();
        return attempts.post(ndjson, doubtful)
                .onFailure(failure -> !(failure instanceof RefusedException))
                .transform(failure -> notLogged(failure, doubtful.get() == 0))
                .invoke(this::logged);
    }

    private NotLoggedException notLogged(Throwable failure, boolean certain) {
        if (away.compareAndSet(false, true)) {
            LOG.warnf("Calls are refused until log-service is back: %s", failure);
        }
        return new NotLoggedException(certain);
    }

    /** Entries are checked before they are posted: that one is refused is a defect of ours. */
    private void logged(Receipt receipt) {
        if (away.compareAndSet(true, false)) {
            LOG.info("log-service is back.");
        }
        receipt.errors().forEach(e -> LOG.errorf("log-service refused an entry: %s", e.detail()));
    }
}
