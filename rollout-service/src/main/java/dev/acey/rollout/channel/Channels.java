package dev.acey.rollout.channel;

import dev.acey.kit.problem.Dependencies;
import dev.acey.rollout.spool.Spool;
import dev.acey.rules.RuleState;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Reads channels, and changes them one at a time. */
@Singleton
public class Channels {

    private static final Logger LOG = Logger.getLogger(Channels.class);

    /** Longer than anybody takes who is still alive. */
    private static final int LEFT_OVER_SECONDS = 30;

    private static final int LEFT_OVER_AT_ONCE = 20;

    private final ChannelStore store;
    private final ChannelLock lock;
    private final Spool spool;

    Channels(ChannelStore store, ChannelLock lock, Spool spool) {
        this.store = store;
        this.lock = lock;
        this.spool = spool;
    }

    /** The state as it is stored; neutral for a channel nobody has heard of. */
    public Uni<RuleState> state(String channel) {
        return store.state(channel);
    }

    /**
     * Does the work while nobody else changes the channel, after whatever somebody left unfinished.
     * The work goes on to its end even if nobody waits for it.
     *
     * <p>Fails with {@link StateUnavailableException}, nothing done, while the database is away,
     * and with what the work fails with.
     */
    public <T> Uni<T> hold(String channel, Function<HeldChannel, Uni<T>> work) {
        return lock.with(channel, connection -> acquire(connection, channel).flatMap(work::apply));
    }

    private Uni<HeldChannel> acquire(SqlConnection connection, String channel) {
        return store.read(connection, channel)
                .onFailure(Dependencies::isDown)
                .transform(e -> new StateUnavailableException())
                .map(stored -> new HeldChannel(channel, stored, connection, store, spool))
                .flatMap(
                        held ->
                                held.finishLeftOver()
                                        .flatMap(
                                                changed ->
                                                        changed
                                                                ? acquire(connection, channel)
                                                                : Uni.createFrom().item(held)));
    }

    /** Finishes what replicas that died left behind on channels nobody comes to. */
    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> finishLeftOver() {
        return store.leftOver(LEFT_OVER_SECONDS, LEFT_OVER_AT_ONCE)
                .onItem()
                .transformToMulti(names -> Multi.createFrom().iterable(names))
                .onItem()
                .transformToUniAndConcatenate(
                        name -> hold(name, held -> Uni.createFrom().voidItem()))
                .collect()
                .last()
                .onFailure(Dependencies::isDown)
                .invoke(e -> LOG.debugf("Channels are left to be finished: %s", e))
                .onFailure(Dependencies::isDown)
                .recoverWithNull();
    }
}
