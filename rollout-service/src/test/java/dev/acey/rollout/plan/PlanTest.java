package dev.acey.rollout.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acey.kit.problem.ProblemException;
import dev.acey.kit.task.Risk;
import dev.acey.rollout.guard.count.StageKind;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PlanTest {

    @Provide
    Arbitrary<List<StageCommand>> commands() {
        Arbitrary<StageCommand> stage =
                Combinators.combine(
                                Arbitraries.of(StageKind.class).injectNull(0.2),
                                Arbitraries.integers().between(1, 10_000),
                                Arbitraries.integers().between(1, 1_000).injectNull(0.5),
                                Arbitraries.integers().between(0, 100_000).injectNull(0.5),
                                Arbitraries.integers().between(1, 100_000).injectNull(0.5),
                                Arbitraries.of(true, false).injectNull(0.3))
                        .as(StageCommand::new);
        return stage.list().ofMaxSize(5);
    }

    @Property
    void whateverIsAskedForIsRefusedByNameOrGivesEachLiveStageMoreKeysThanTheOneBefore(
            @ForAll("commands") List<StageCommand> commands) {
        Plan plan;
        try {
            plan = StageCommand.plan(commands);
        } catch (ProblemException refused) {
            assertEquals(400, refused.status());
            assertTrue(
                    refused.problem().errors().get(0).pointer().startsWith("/stages/"),
                    refused.getMessage());
            return;
        }
        int weight = 0;
        for (int i = 0; i < plan.stages().size(); i++) {
            Stage stage = plan.at(i);
            assertTrue(stage.maxSeconds() >= stage.minSeconds());
            assertTrue(stage.isLive() || i == 0);
            if (stage.isLive()) {
                assertTrue(stage.weight() > weight);
                assertFalse(weight == 0 && stage.isWhole());
                weight = stage.weight();
            }
        }
        assertTrue(weight > 0);
    }

    @Example
    void riskDecidesHowManyStagesThereAreAndWhereAPersonIsAsked() {
        assertEquals(List.of(1_000, 1_000, 5_000, 10_000), weights(Risk.LOW));
        assertEquals(List.of(1_000, 500, 2_500, 5_000, 10_000), weights(Risk.MEDIUM));
        assertEquals(List.of(1_000, 100, 500, 2_500, 5_000, 10_000), weights(Risk.HIGH));
        assertEquals(List.of(), approvals(Risk.LOW));
        assertEquals(List.of(500), approvals(Risk.MEDIUM));
        assertEquals(List.of(100, 5_000), approvals(Risk.HIGH));
        for (Risk risk : Risk.values()) {
            assertEquals(StageKind.SHADOW, Plan.of(risk).at(0).kind());
        }
    }

    @Example
    void stagesMayLastLongerOrShorterThanTenMinutes() {
        Plan plan = Plan.of(Risk.HIGH);
        for (int seconds : new int[] {3, Stage.MAX_SECONDS}) {
            for (Stage stage : plan.lasting(seconds).stages()) {
                assertEquals(seconds, stage.minSeconds());
                assertEquals(Stage.MAX_SECONDS, stage.maxSeconds());
            }
        }
        assertEquals(plan, plan.lasting(3).lasting(Stage.MIN_SECONDS));
    }

    @Example
    void certaintyIsAskedForBeforeEveryKeyHasTheCandidate() {
        Plan plan = Plan.of(Risk.LOW);
        assertFalse(plan.leadsToAll(0));
        assertFalse(plan.leadsToAll(1));
        assertTrue(plan.leadsToAll(2));
        assertTrue(plan.leadsToAll(3));
    }

    @Example
    void whatIsLeftOutOfAShortStageFitsIt() {
        Stage stage =
                StageCommand.plan(List.of(new StageCommand(null, 100, null, null, 30, null))).at(0);
        assertEquals(30, stage.minSeconds());
        assertEquals(50, stage.minSamples());
    }

    private static List<Integer> weights(Risk risk) {
        return Plan.of(risk).stages().stream().map(Stage::weight).toList();
    }

    private static List<Integer> approvals(Risk risk) {
        return Plan.of(risk).stages().stream().filter(Stage::approval).map(Stage::weight).toList();
    }
}
