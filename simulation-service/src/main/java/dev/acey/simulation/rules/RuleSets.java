package dev.acey.simulation.rules;

import dev.acey.kit.problem.ProblemException;
import dev.acey.kit.rules.FollowedRules;
import dev.acey.kit.rules.RuleSource;
import dev.acey.rules.RuleSet;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The active rule set, and any other that rollout-service knows by its hash. */
@Singleton
public class RuleSets {

    /**
     * The instant outputs are judged at where nobody says another: a fixed one, so that the verdict
     * does not depend on the clock. Without a state no shipped rule looks at the time.
     */
    public static final Instant SOME_INSTANT = Instant.EPOCH;

    private static final Pattern HASH = Pattern.compile("sha256:[0-9a-f]{64}");

    private final FollowedRules<RuleSet> rules;

    RuleSets(RuleSource source) {
        this.rules = source.follow(RuleSet.shipped(), RuleSet::parse, RuleSet::hash);
    }

    void start(@Observes StartupEvent start) {
        rules.start();
    }

    void stop(@Observes ShutdownEvent stop) {
        rules.stop();
    }

    /** The set that judges where none is named. */
    public RuleSet active() {
        return rules.active();
    }

    /**
     * Those of these names that there are, by their name.
     *
     * @return fails with a dependency that is down while one cannot be asked for: what is not known
     *     now may be known later
     */
    public Uni<Map<String, RuleSet>> find(Collection<String> hashes) {
        return Multi.createFrom()
                .iterable(Set.copyOf(hashes))
                .onItem()
                .transformToUniAndConcatenate(rules::find)
                .select()
                .where(Optional::isPresent)
                .collect()
                .in(
                        HashMap::new,
                        (found, set) -> found.put(set.orElseThrow().hash(), set.orElseThrow()));
    }

    /**
     * The set a client names.
     *
     * @param pointer where it names it
     * @param hash null for the active one
     * @return fails with 400 for what is no hash, 422 for a set that nobody knows, 503 while that
     *     cannot be asked
     */
    public Uni<RuleSet> named(String pointer, String hash) {
        if (hash == null) {
            return Uni.createFrom().item(active());
        }
        if (!HASH.matcher(hash).matches()) {
            return Uni.createFrom()
                    .failure(ProblemException.invalid(pointer, "must match " + HASH.pattern()));
        }
        return rules.find(hash)
                .map(
                        found ->
                                found.orElseThrow(
                                        () ->
                                                ProblemException.refused(
                                                        pointer,
                                                        "is not the hash of a rule set known"
                                                                + " here")));
    }
}
