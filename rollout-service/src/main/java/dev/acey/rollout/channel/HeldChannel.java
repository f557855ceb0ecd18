package dev.acey.rollout.channel;

import dev.acey.rollout.spool.Ndjson;
import dev.acey.rollout.spool.Spool;
import dev.acey.rollout.spool.SpoolFullException;
import dev.acey.rollout.spool.SpoolRecord;
import dev.acey.rules.RuleState;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** A channel that nobody else can change right now. */
public final class HeldChannel {

    private static final Logger LOG = Logger.getLogger(HeldChannel.class);

    private final String name;
    private final ChannelStore.Stored stored;
    private final SqlConnection connection;
    private final ChannelStore store;
    private final Spool spool;

    HeldChannel(
            String name,
            ChannelStore.Stored stored,
            SqlConnection connection,
            ChannelStore store,
            Spool spool) {
        this.name = name;
        this.stored = stored;
        this.connection = connection;
        this.store = store;
        this.spool = spool;
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
     * Records the entries and changes the state, both or neither. What is about to happen is
     * written down first, so that whoever comes after a crash can finish it: recording again is
     * harmless.
     *
     * <p>Fails with {@link SpoolFullException}: then nothing is on the record and the state stays
     * as it is.
     */
    public Uni<Void> log(List<SpoolRecord> entries, RuleState after) {
        if (after.equals(state())) {
            return spool.append(entries);
        }
        return store.prepare(connection, name, stored, Ndjson.of(entries), after)
                .chain(() -> spool.append(entries))
                .onFailure(SpoolFullException.class)
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

    /** What somebody left behind who got no further than the record. */
    Uni<Boolean> finishLeftOver() {
        if (stored.pendingEntries() == null) {
            return Uni.createFrom().item(false);
        }
        return spool.append(Ndjson.read(stored.pendingEntries()))
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
}
