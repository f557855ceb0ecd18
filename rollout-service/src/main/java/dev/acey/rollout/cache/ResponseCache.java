package dev.acey.rollout.cache;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.acey.rollout.replica.Follower;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The last answers to what was asked before, in this replica's memory. When a person is erased,
 * every replica forgets everything: what waits here is worth little, and nobody is overlooked.
 */
@Singleton
public class ResponseCache implements Follower {

    private static final String TOPIC = "response_cache";

    private final Cache<Question, Kept> answers;
    private final Counter hits;
    private final Counter misses;
    private volatile long epoch;

    ResponseCache(CacheSettings settings, Clock clock, MeterRegistry metrics) {
        this.answers =
                Caffeine.newBuilder()
                        .maximumWeight(settings.maxCharacters())
                        .weigher((Question question, Kept kept) -> kept.characters())
                        .expireAfter(
                                Expiry.<Question, Kept>creating((question, kept) -> kept.ttl()))
                        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                        .build();
        this.hits = counter(metrics, "hit");
        this.misses = counter(metrics, "miss");
    }

    private record Kept(ObjectNode completion, Duration ttl, int characters) {}

    /** The answer that was kept for this question; not to be changed. */
    public Optional<ObjectNode> find(Question question) {
        Kept kept = answers.getIfPresent(question);
        (kept == null ? misses : hits).increment();
        return Optional.ofNullable(kept).map(Kept::completion);
    }

    /**
     * What {@link #keep} needs to know of the moment a question is asked: an answer under way while
     * everything is forgotten is not kept.
     */
    public long epoch() {
        return epoch;
    }

    /** Keeps an answer, which nobody may change any more, for this long at most. */
    public void keep(Question question, ObjectNode completion, Duration ttl, long askedIn) {
        if (askedIn == epoch) {
            answers.put(question, new Kept(completion, ttl, completion.toString().length()));
        }
    }

    /** In the caller's transaction: once it is committed, every replica forgets all answers. */
    public Uni<Void> forgetEverywhere(SqlConnection connection) {
        return connection
                .query("UPDATE revision SET version = version + 1 WHERE topic = '" + TOPIC + "'")
                .execute()
                .replaceWithVoid();
    }

    @Override
    public String topic() {
        return TOPIC;
    }

    @Override
    public Uni<Void> follow(long version) {
        if (version != epoch) {
            epoch = version;
            answers.invalidateAll();
        }
        return Uni.createFrom().voidItem();
    }

    private static Counter counter(MeterRegistry metrics, String result) {
        return Counter.builder("acey.response.cache.lookups")
                .description("Questions of tasks that keep answers")
                .tag("result", result)
                .register(metrics);
    }
}
