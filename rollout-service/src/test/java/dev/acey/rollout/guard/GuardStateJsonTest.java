package dev.acey.rollout.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.acey.kit.json.JsonConventions;
import dev.acey.rollout.guard.count.TickCounts;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class GuardStateJsonTest {

    private final ObjectMapper mapper = new ObjectMapper().registerModule(new JavaTimeModule());
    private final Guard guard =
            new Guard(
                    GuardSettings.of(Tolerances.DEFAULT, Limits.DEFAULT, true),
                    new History(86_400, 1_000, 10, 50, 20, 900, 30, 4));

    GuardStateJsonTest() {
        new JsonConventions().customize(mapper);
    }

    /** One rollout is kept in memory, the other is written and read again after each tick. */
    @Property(tries = 100)
    void aStateThatWasWrittenAndReadGoesOnAsIfItHadNotBeen(
            @ForAll("shadow") List<TickCounts> shadow,
            @ForAll("half") List<TickCounts> half,
            @ForAll("all") List<TickCounts> all)
            throws JsonProcessingException {
        GuardState kept = guard.start(Ticks.SHADOW);
        GuardState read = again(kept);
        for (List<TickCounts> ticks : List.of(shadow, half, all)) {
            GuardedStage stage =
                    ticks == shadow ? Ticks.SHADOW : ticks == half ? Ticks.HALF : Ticks.ALL;
            if (ticks != shadow) {
                kept = guard.enter(kept, stage);
                read = again(guard.enter(read, stage));
            }
            int seconds = 0;
            for (TickCounts tick : ticks) {
                seconds += 400;
                kept = guard.add(kept, tick);
                TickCounts tickRead =
                        mapper.readValue(mapper.writeValueAsString(tick), TickCounts.class);
                read = again(guard.add(read, tickRead));
                assertEquals(kept, read);
                GuardVerdict verdict = guard.verdict(kept, stage, Duration.ofSeconds(seconds));
                assertEquals(
                        mapper.writeValueAsString(verdict),
                        mapper.writeValueAsString(
                                guard.verdict(read, stage, Duration.ofSeconds(seconds))));
                assertEquals(
                        verdict,
                        mapper.readValue(mapper.writeValueAsString(verdict), GuardVerdict.class));
            }
        }
    }

    private GuardState again(GuardState state) throws JsonProcessingException {
        return mapper.readValue(mapper.writeValueAsString(state), GuardState.class);
    }

    @Provide
    Arbitrary<List<TickCounts>> shadow() {
        return Ticks.any(Ticks.SHADOW).list().ofMinSize(1).ofMaxSize(10);
    }

    @Provide
    Arbitrary<List<TickCounts>> half() {
        return Ticks.any(Ticks.HALF).list().ofMinSize(1).ofMaxSize(10);
    }

    @Provide
    Arbitrary<List<TickCounts>> all() {
        return Ticks.any(Ticks.ALL).list().ofMinSize(1).ofMaxSize(3);
    }
}
