package dev.acey.kit.rules;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.kit.problem.Dependencies;
import dev.acey.kit.test.RolloutService;
import dev.acey.kit.test.RolloutServiceResource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A set is its text here; the text "broken" does not compile. */
@QuarkusTest
@WithTestResource(value = RolloutServiceResource.class, scope = TestResourceScope.GLOBAL)
class FollowedRulesTest {

    private static final String SHIPPED = "{\"shipped\": true}";
    private static final String STRICT = "{\"strict\": \"♠\"}";
    private static final String LENIENT = "{\"lenient\": true}";
    private static final String BROKEN = "broken";

    @Inject RuleService service;
    @Inject ObjectMapper json;
    @TempDir Path directory;
    RolloutService rollout;

    private final List<FollowedRules<String>> started = new ArrayList<>();

    @BeforeEach
    void rolloutServiceIsThere() {
        rollout.knowsNothing();
        List.of(SHIPPED, STRICT, LENIENT, BROKEN).forEach(text -> rollout.knows(hash(text), text));
    }

    @AfterEach
    void stop() {
        started.forEach(FollowedRules::stop);
    }

    @Test
    void untilAnythingIsKnownTheShippedSetIsActive() {
        rollout.isAway();
        FollowedRules<String> rules = start();
        await().until(() -> rollout.askedForTheActiveOne() > 2);
        assertEquals(SHIPPED, rules.active());
    }

    @Test
    void anActivationIsFollowedAndTheNextOneToo() {
        rollout.activates(hash(STRICT));
        FollowedRules<String> rules = start();
        await().until(() -> rules.active().equals(STRICT));
        rollout.activates(hash(LENIENT));
        await().until(() -> rules.active().equals(LENIENT));
        rollout.activates(hash(SHIPPED));
        await().until(() -> rules.active().equals(SHIPPED));
    }

    @Test
    void aServiceStartsWithWhatItKeptWhileRolloutServiceIsDown() {
        rollout.activates(hash(STRICT));
        FollowedRules<String> before = start();
        await().until(() -> before.active().equals(STRICT));
        before.stop();
        rollout.isAway();
        assertEquals(STRICT, start().active());
    }

    @Test
    void theSetShippedIsKeptAsWellForAVersionThatShipsAnother() {
        rollout.activates(hash(SHIPPED));
        FollowedRules<String> before = start();
        await().until(() -> Files.exists(directory.resolve("rules/active.json")));
        before.stop();
        rollout.isAway();
        assertEquals(SHIPPED, start(LENIENT).active());
    }

    @Test
    void itFollowsAgainOnceRolloutServiceIsBack() {
        rollout.isAway();
        FollowedRules<String> rules = start();
        await().until(() -> rollout.askedForTheActiveOne() > 2);
        rolloutServiceIsThere();
        rollout.activates(hash(STRICT));
        await().until(() -> rules.active().equals(STRICT));
    }

    @Test
    void anActiveSetThatCannotBeCompiledHereChangesNothingAndStopsNothing() {
        rollout.activates(hash(BROKEN));
        FollowedRules<String> rules = start();
        await().until(() -> rollout.asked(hash(BROKEN)) > 1);
        assertEquals(SHIPPED, rules.active());
        rollout.activates(hash(STRICT));
        await().until(() -> rules.active().equals(STRICT));
    }

    @Test
    void aSetIsFoundByItsHashAndAskedForOnce() throws Throwable {
        assertEquals(Optional.of(STRICT), find(rules(SHIPPED), STRICT));
        rollout.isAway();
        assertEquals(Optional.of(STRICT), find(rules(SHIPPED), STRICT));
        assertEquals(Optional.of(SHIPPED), find(rules(SHIPPED), SHIPPED));
    }

    @Test
    void whatWasDamagedOnDiskIsFetchedAgain() throws Throwable {
        find(rules(SHIPPED), STRICT);
        Path file = directory.resolve("rules/set-" + hash(STRICT).substring(7) + ".json");
        assertEquals(STRICT, Files.readString(file));
        Files.writeString(file, STRICT.substring(3));
        assertEquals(Optional.of(STRICT), find(rules(SHIPPED), STRICT));
        assertEquals(STRICT, Files.readString(file));
    }

    @Test
    void aTextThatIsNotWhatItsNameSaysIsNotTaken() throws Throwable {
        rollout.knows(hash(STRICT), LENIENT);
        assertEquals(Optional.empty(), find(rules(SHIPPED), STRICT));
        assertTrue(new RuleFiles(directory.resolve("rules"), json).set(hash(STRICT)).isEmpty());
    }

    @Test
    void aSetNobodyKnowsIsNotFound() throws Throwable {
        assertEquals(Optional.empty(), find(rules(SHIPPED), "unknown"));
        assertEquals(Optional.empty(), find(rules(SHIPPED), BROKEN));
        FollowedRules<String> rules = rules(SHIPPED);
        assertEquals(
                Optional.empty(),
                VertxContextSupport.subscribeAndAwait(() -> rules.find("../../etc/passwd")));
    }

    @Test
    void aSetThatCannotBeAskedForIsADependencyThatIsDown() {
        rollout.isAway();
        Throwable failure = assertThrows(Throwable.class, () -> find(rules(SHIPPED), STRICT));
        assertTrue(Dependencies.isDown(failure), failure::toString);
    }

    private Optional<String> find(FollowedRules<String> rules, String text) throws Throwable {
        return VertxContextSupport.subscribeAndAwait(() -> rules.find(hash(text)));
    }

    private FollowedRules<String> start() {
        return start(SHIPPED);
    }

    private FollowedRules<String> start(String shipped) {
        FollowedRules<String> rules = rules(shipped);
        started.add(rules);
        rules.start();
        return rules;
    }

    private FollowedRules<String> rules(String shipped) {
        return new RuleSource(service, json, directory)
                .follow(shipped, FollowedRulesTest::compile, FollowedRulesTest::hash);
    }

    private static String compile(String text) {
        if (text.equals(BROKEN)) {
            throw new IllegalArgumentException("not a rule set");
        }
        return text;
    }

    private static String hash(String text) {
        try {
            byte[] sum =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
