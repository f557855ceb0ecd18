package dev.acey.rollout.erasure;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.acey.rollout.replica.Follower;
import dev.acey.rollout.spool.ErasedPeople;
import dev.acey.rollout.spool.Spool;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Lets this replica's spool go of people who are erased. What they said before is not shipped any
 * more, the refused entries are written again without it, and all files of now leave the disk as
 * they are shipped; once they have, the database is told. One small step at each look.
 */
@ApplicationScoped
class SpoolErasure implements Follower {

    private static final long UNKNOWN = -1;
    private static final Duration SAY_SO_EVERY = Duration.ofSeconds(15);

    private final ErasureStore store;
    private final Spool spool;
    private final ErasedPeople people;
    private final Vertx vertx;
    private final Clock clock;

    private UUID id;
    private long done = UNKNOWN;
    private Instant said = Instant.EPOCH;
    private Leaving leaving;

    SpoolErasure(ErasureStore store, Spool spool, ErasedPeople people, Vertx vertx, Clock clock) {
        this.store = store;
        this.spool = spool;
        this.people = people;
        this.vertx = vertx;
        this.clock = clock;
    }

    /** The files before the seal have to leave before the version is done. */
    private record Leaving(long version, long seal) {}

    @Override
    public String topic() {
        return "erasures";
    }

    @Override
    public Uni<Void> follow(long version) {
        if (done == UNKNOWN) {
            return begin().chain(() -> follow(version));
        }
        if (leaving == null && done < version) {
            return letGo(version);
        }
        if (leaving != null && spool.holdsNothingBefore(leaving.seal())) {
            long left = leaving.version();
            return say(left).invoke(() -> leaving = null).chain(() -> follow(version));
        }
        return Duration.between(said, clock.instant()).abs().compareTo(SAY_SO_EVERY) > 0
                ? store.open(done).invoke(people::are).chain(() -> say(done))
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> begin() {
        return vertx.executeBlocking(() -> idOf(spool.directory()), false)
                .invoke(known -> id = known)
                .chain(() -> store.seen(id, 0))
                .call(version -> store.open(version).invoke(people::are))
                .invoke(version -> done = version)
                .replaceWithVoid();
    }

    private Uni<Void> letGo(long version) {
        return store.open(done)
                .invoke(people::are)
                .chain(() -> vertx.executeBlocking(this::forgetRefused, false))
                .chain(spool::seal)
                .invoke(seal -> leaving = new Leaving(version, seal))
                .replaceWithVoid();
    }

    private Void forgetRefused() throws IOException {
        spool.forgetRefused(people);
        return null;
    }

    private Uni<Void> say(long version) {
        return store.seen(id, version)
                .invoke(
                        there -> {
                            done = there;
                            said = clock.instant();
                        })
                .replaceWithVoid();
    }

    /** A spool is a directory, whichever process has it. */
    private static UUID idOf(Path directory) throws IOException {
        Path file = directory.resolve("id");
        if (!Files.exists(file)) {
            Path aside = directory.resolve("id.tmp");
            Files.writeString(aside, UuidCreator.getTimeOrderedEpoch().toString());
            Files.move(aside, file);
        }
        return UUID.fromString(Files.readString(file));
    }
}
