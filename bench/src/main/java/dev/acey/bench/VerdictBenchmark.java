package dev.acey.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.rules.RuleSet;
import dev.acey.rules.RuleState;
import dev.acey.rules.Verdict;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** How many verdicts one core reaches, with the rules shipped, and how long the slowest takes. */
@State(Scope.Benchmark)
@Fork(1)
@Threads(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class VerdictBenchmark {

    private static final Instant AT = Instant.parse("2026-01-15T04:05:06.123Z");
    private static final String THREE_INTENTS =
            """
            {"speech": "Nice hand, Ann! I will remember that you like to bluff on the river.",
             "intents": [
               {"type": "memory_proposal", "confidence": 0.9, "ttl": 86400,
                "text": "Ann likes to bluff on the river"},
               {"type": "persona_mode_proposal", "confidence": 0.8, "mode": "hype"},
               {"type": "trust_signal", "confidence": 0.7, "user": "ann", "delta": 0.05}]}
            """;
    private static final String SPEECH_ONLY =
            """
            {"speech": "Nice hand, Ann! I will remember that you like to bluff on the river.",
             "intents": []}
            """;

    @Param({"three intents", "speech only"})
    String output;

    private final RuleSet rules = RuleSet.shipped();
    private final RuleState state = RuleState.neutral();
    private JsonNode aceyOutput;

    @Setup(Level.Trial)
    public void read() throws IOException {
        String text = output.equals("three intents") ? THREE_INTENTS : SPEECH_ONLY;
        aceyOutput = new ObjectMapper().readTree(text);
    }

    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.SECONDS)
    public Verdict verdicts() {
        return rules.judge(aceyOutput, state, AT);
    }

    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.SECONDS)
    public byte[] verdictsEncoded() {
        return rules.judge(aceyOutput, state, AT).canonical();
    }

    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public Verdict latency() {
        return rules.judge(aceyOutput, state, AT);
    }
}
