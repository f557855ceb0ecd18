package dev.acey.log.collect;

import com.github.f4b6a3.uuid.UuidCreator;
import com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Makes UUIDv7 for entries that come without an id. Within one process and one millisecond they
 * grow in the order they were made, so that a bulk body keeps the order of its lines.
 */
@Singleton
class EntryIds {

    private static final int IETF_VARIANT = 2;

    private final TimeOrderedEpochFactory now;
    private final AtomicReference<UUID> last = new AtomicReference<>(new UUID(0, 0));

    EntryIds(Clock clock) {
        now = TimeOrderedEpochFactory.builder().withClock(clock).withIncrementPlus1().build();
    }

    /** The next id of now. */
    UUID next() {
        return now.create();
    }

    /** An id of this instant, to the millisecond. */
    UUID at(Instant timestamp) {
        return last.updateAndGet(previous -> follow(previous, timestamp));
    }

    private static UUID follow(UUID previous, Instant timestamp) {
        UUID next =
                new UUID(previous.getMostSignificantBits(), previous.getLeastSignificantBits() + 1);
        boolean sameInstant = previous.getMostSignificantBits() >>> 16 == timestamp.toEpochMilli();
        return sameInstant && next.variant() == IETF_VARIANT
                ? next
                : UuidCreator.getTimeOrderedEpoch(timestamp);
    }
}
