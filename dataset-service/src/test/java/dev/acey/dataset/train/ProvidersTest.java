package dev.acey.dataset.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.acey.dataset.provider.Cost;
import dev.acey.dataset.provider.Provider;
import dev.acey.dataset.provider.Report;
import dev.acey.dataset.provider.Training;
import dev.acey.dataset.provider.TrainingState;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProvidersTest {

    private static final Provider READY = new Idle("b", Optional.empty());
    private static final Provider UNSET = new Idle("a", Optional.of("acey.a.url"));

    @Test
    void aProviderThatIsNotConfiguredNamesTheProperty() {
        ProblemException refusal =
                assertThrows(ProblemException.class, () -> providers(READY, UNSET).wanted("a"));
        assertEquals(422, refusal.status());
        assertTrue(refusal.getMessage().contains("acey.a.url"));
        assertEquals("/provider", refusal.problem().errors().get(0).pointer());
    }

    @Test
    void withoutANameTheFirstThatIsConfiguredIsMeant() {
        assertEquals(READY, providers(UNSET, READY).wanted(null));
    }

    @Test
    void withoutAnyProviderAllPropertiesAreNamed() {
        Provider other = new Idle("c", Optional.of("acey.c.file"));
        ProblemException refusal =
                assertThrows(ProblemException.class, () -> providers(UNSET, other).wanted(null));
        assertEquals(422, refusal.status());
        assertTrue(refusal.getMessage().contains("acey.a.url, acey.c.file"));
    }

    @Test
    void aNameThatNoneHasIsNoProvider() {
        ProblemException refusal =
                assertThrows(ProblemException.class, () -> providers(READY).wanted("x"));
        assertEquals(400, refusal.status());
    }

    private static Providers providers(Provider... all) {
        return new Providers(List.of(all));
    }

    /** A provider that is never asked for anything. */
    private record Idle(String name, Optional<String> missing) implements Provider {

        @Override
        public JsonNode payload(Training training) {
            return JsonNodeFactory.instance.objectNode();
        }

        @Override
        public Cost cost(Training training, Report report) {
            return Cost.UNKNOWN;
        }

        @Override
        public Uni<String> submit(Training training, boolean again) {
            return Uni.createFrom().item("job");
        }

        @Override
        public Uni<Report> report(Training training, String job) {
            return Uni.createFrom().item(Report.of(TrainingState.RUNNING, null));
        }

        @Override
        public Uni<Void> cancel(Training training, String job) {
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Void> tidy(Training training) {
            return Uni.createFrom().voidItem();
        }
    }
}
