package dev.acey.rollout.channel;

import dev.acey.rollout.entrylog.EntryLog;
import dev.acey.rollout.entrylog.NotLoggedException;
import dev.acey.rollout.entrylog.Receipt;
import dev.acey.rules.RuleState;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** A channel that nobody else can change right now. */
public final class HeldChannel {

    private static final Logger LOG = Logger.getLogger(HeldChannel.class);

    private final String name;
    private final ChannelStore.Stored stored;
    private final SqlConnection connection;
    private final ChannelStore store;
    private final EntryLog log;

    HeldChannel(
            String name,
            ChannelStore.Stored stored,
            SqlConnection connection,
            ChannelStore store,
            EntryLog log) {
        this.name = name;
        this.stored = stored;
        this.connection = connection;
        this.store = store;
        this.log = log;
    }

    /** What the rules know of it. */
    public RuleState state() {
        return stored.state();
    }

    /** The instant to judge at: after the channel's last change, the same clock on all replicas. */
    public Instant at() {
        return stored.at();
    }

    /**
     * Logs the entries and changes the state, both or neither. What is about to happen is written
     * down first, so that whoever comes after a crash can finish it: logging again is harmless.
     *
     * <p>Fails with {@link NotLoggedException}. When that is certain, the state stays as it is;
     * else the entries may be on the record, and they and the state will be before anybody else
     * changes the channel.
     */
    public Uni<Receipt> log(byte[] entries, RuleState after) {
        if (after.equals(state())) {
            return log.post(entries);
        }
        return store.prepare(connection, name, stored, entries, after)
                .chain(() -> log.post(entries))
                .onFailure(HeldChannel::nothingLogged)
                .call(this::withdraw)
                .call(this::settle);
    }

    /** Does the work in one transaction of the connection it is given. */
    public Uni<Void> inTransaction(Function<SqlConnection, Uni<Void>> work) {
        return connection
                .begin()
                .flatMap(
                        transaction ->
                                work.apply(connection)
                                        .onFailure()
                                        .call(
                                                () ->
                                                        transaction
                                                                .rollback()
                                                                .onFailure()
                                                                .recoverWithNull())
                                        .chain(transaction::commit));
    }

    /** Changes the state within the transaction, once in it: for what need not be logged. */
    public Uni<Void> replace(SqlConnection transaction, RuleState after) {
        return store.replace(transaction, name, stored, after);
    }

    /** What somebody left behind who got no further than the log. */
    Uni<Boolean> finishLeftOver() {
        if (stored.pendingEntries() == null) {
            return Uni.createFrom().item(false);
        }
        return log.post(stored.pendingEntries())
                .replaceWithVoid()
                .onFailure(HeldChannel::refused)
                .recoverWithUni(this::withdraw)
                .chain(() -> store.settle(connection, name, stored.version()))
                .replaceWith(true);
    }

    private Uni<Void> withdraw() {
        return quietly(store.withdraw(connection, name, stored.version()));
    }

    private Uni<Void> settle() {
        return quietly(store.settle(connection, name, stored.version()));
    }

    /** The outcome stands; whoever comes next for the channel reaches the same. */
    private Uni<Void> quietly(Uni<Void> write) {
        return write.onFailure()
                .invoke(e -> LOG.warnf("Channel %s is left to be finished: %s", name, e))
                .onFailure()
                .recoverWithNull();
    }

    private static boolean nothingLogged(Throwable failure) {
        return failure instanceof NotLoggedException e ? e.certain() : refused(failure);
    }

    private static boolean refused(Throwable failure) {
        return failure instanceof EntryLog.RefusedException;
    }
}
