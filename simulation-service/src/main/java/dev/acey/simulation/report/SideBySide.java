package dev.acey.simulation.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.simulation.output.AceyOutput;
import dev.acey.simulation.replay.Case;
import dev.acey.simulation.replay.CaseResult;
import dev.acey.simulation.replay.Judgement;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * One case with both answers, cut to what fits a page.
 *
 * @param why it is shown
 * @param prompt up to 1,000 characters
 * @param baseline null where the logged call gave nothing
 * @param candidate null where the candidate gave nothing
 */
@RegisterForReflection
public record SideBySide(
        int position,
        UUID logId,
        String taskType,
        String why,
        String prompt,
        Side baseline,
        Side candidate) {

    private static final int PROMPT = 1_000;
    private static final int SPEECH = 2_000;
    private static final int INTENTS = 1_000;
    private static final int FINDINGS = 5;

    /**
     * One answer.
     *
     * @param speech up to 2,000 characters
     * @param intents as JSON, up to 1,000 characters; empty without any
     * @param decision of the rules; null where nothing was judged
     * @param findings of the rules, up to five
     */
    @RegisterForReflection
    public record Side(String speech, String intents, String decision, List<String> findings) {

        static Side of(AceyOutput output, Judgement judgement) {
            return new Side(
                    Clip.head(output.speech(), SPEECH),
                    output.intents().isEmpty()
                            ? ""
                            : Clip.head(output.json().path("intents").toString(), INTENTS),
                    judgement == null ? null : judgement.decision(),
                    judgement == null ? List.of() : findings(judgement.findings()));
        }

        private static List<String> findings(JsonNode findings) {
            List<String> lines = new ArrayList<>();
            for (JsonNode finding : findings) {
                if (lines.size() < FINDINGS) {
                    lines.add(
                            finding.path("ruleId").asText()
                                    + " ("
                                    + finding.path("effect").asText()
                                    + "): "
                                    + finding.path("reason").asText());
                }
            }
            return List.copyOf(lines);
        }
    }

    static SideBySide of(Case one, CaseResult result, String why) {
        return new SideBySide(
                one.position(),
                one.entry().id(),
                one.entry().taskType(),
                why,
                Clip.prompt(one.entry().llmPrompt(), PROMPT),
                one.baseline().map(output -> Side.of(output, result.baseline())).orElse(null),
                one.candidate().map(output -> Side.of(output, result.candidate())).orElse(null));
    }
}
