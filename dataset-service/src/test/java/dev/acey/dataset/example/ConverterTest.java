package dev.acey.dataset.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.Entries;
import dev.acey.dataset.source.Call;
import dev.acey.kit.task.Format;
import dev.acey.rules.sensitive.Kind;
import dev.acey.rules.sensitive.Redactor;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConverterTest {

    private static final Redactor NOTHING = new Redactor(Set.of(), Map.of());

    private static final String CHAT =
            "[{'role': 'system', 'content': 'Be kind.'}, {'role': 'user', 'content': 'Hi'},"
                    + " {'role': 'assistant', 'content': 'Hello'},"
                    + " {'role': 'user', 'content': [{'type': 'text', 'text': 'How'},"
                    + " {'type': 'text', 'text': 'so?'}]}]";

    @Test
    void anInstructionHasTheTasksTextThePromptAndTheSpeech() {
        assertEquals(
                "{'instruction':'Do it.','input':'question 1','output':'answer 1'}",
                line(Format.INSTRUCTION, Entries.good(1)));
    }

    @Test
    void aPromptsOwnSystemMessageIsItsInstruction() {
        ObjectNode entry = Entries.good(1);
        entry.set("llmPrompt", Entries.json(CHAT));

        assertEquals(
                "{'instruction':'Be kind.','input':'user: Hi\\n\\nassistant: Hello\\n\\nuser:"
                        + " How\\nso?','output':'answer 1'}",
                line(Format.INSTRUCTION, entry));
    }

    @Test
    void aChatIsThePromptAndTheSpeech() {
        ObjectNode entry = Entries.good(1);
        entry.set("llmPrompt", Entries.json(CHAT));

        assertEquals(
                "{'messages':[{'role':'user','content':'question"
                        + " 1'},{'role':'assistant','content':'answer 1'}]}",
                line(Format.CHAT, Entries.good(1)));
        assertEquals(
                "{'messages':[{'role':'system','content':'Be kind.'},"
                        + "{'role':'user','content':'Hi'},"
                        + "{'role':'assistant','content':'Hello'},"
                        + "{'role':'user','content':'How\\nso?'},"
                        + "{'role':'assistant','content':'answer 1'}]}",
                line(Format.CHAT, entry));
    }

    @Test
    void aStructuredCompletionIsTheJsonOfSpeechAndIntentsAsTheyWere() {
        ObjectNode entry = Entries.good(1);
        entry.set(
                "aceyOutput",
                Entries.json(
                        "{'toolCalls': [], 'intents': [{'type': 'trust_signal', 'delta': 0.05,"
                                + " 'a': null, 'n': 12345678901234567890}], 'speech': 'so'}"));

        assertEquals(
                "{'prompt':'question 1','completion':'{\\'speech\\':\\'so\\',\\'intents\\':"
                        + "[{\\'type\\':\\'trust_signal\\',\\'delta\\':0.05,\\'a\\':null,"
                        + "\\'n\\':12345678901234567890}]}'}",
                line(Format.STRUCTURED, entry));
    }

    @Test
    void intentsAloneMakeAStructuredExampleAndNoOther() {
        ObjectNode entry = Entries.good(1);
        entry.set("aceyOutput", Entries.json("{'intents': [{'type': 'x'}]}"));

        assertEquals(
                "{'prompt':'question 1','completion':'{\\'speech\\':\\'\\',\\'intents\\':"
                        + "[{\\'type\\':\\'x\\'}]}'}",
                line(Format.STRUCTURED, entry));
        assertEquals(DropReason.EMPTY, dropped(Format.INSTRUCTION, entry));
        assertEquals(DropReason.EMPTY, dropped(Format.CHAT, entry));
    }

    @Test
    void intentsThatAFormatHasNoPlaceForAreCounted() {
        ObjectNode entry = Entries.good(1);
        entry.set("aceyOutput", Entries.json("{'speech': 's', 'intents': [{'type': 'x'}]}"));

        assertTrue(example(Format.INSTRUCTION, entry).leavesOutIntents());
        assertTrue(example(Format.CHAT, entry).leavesOutIntents());
        assertEquals(false, example(Format.STRUCTURED, entry).leavesOutIntents());
    }

    @Test
    void whatWasDeliveredIsTaughtNotWhatTheModelGave() {
        ObjectNode entry = Entries.good(1).put("controlDecision", "modified");
        entry.set(
                "autoRules",
                Entries.json(
                        "{'action': 'deliver_modified', 'decision': 'modified', 'output':"
                                + " {'speech': 'delivered', 'intents': []}}"));

        assertEquals(
                "{'instruction':'Do it.','input':'question 1','output':'delivered'}",
                line(Format.INSTRUCTION, entry));
    }

    @ParameterizedTest
    @ValueSource(strings = {"block", "hold_for_review"})
    void whatWasKeptBackIsTaughtAsTheModelGaveIt(String action) {
        ObjectNode entry = Entries.good(1);
        ObjectNode rules = (ObjectNode) Entries.json("{'output': {'speech': '', 'intents': []}}");
        entry.set("autoRules", rules.put("action", action));

        assertEquals(
                "{'instruction':'Do it.','input':'question 1','output':'answer 1'}",
                line(Format.INSTRUCTION, entry));
    }

    @Test
    void aReviewersCorrectionOutranksEverything() {
        ObjectNode entry = Entries.good(1).put("controlDecision", "modified");
        entry.set("finalAction", Entries.json("{'speech': 'corrected'}"));
        String uncorrected = line(Format.INSTRUCTION, entry);
        entry.set("review", Entries.json("{'reviewer': 'kim'}"));

        assertTrue(uncorrected.contains("answer 1"), uncorrected);
        assertEquals(
                "{'instruction':'Do it.','input':'question 1','output':'corrected'}",
                line(Format.INSTRUCTION, entry));
    }

    @Test
    void rawTextIsTaughtWhereThereIsNothingElse() {
        ObjectNode entry = Entries.good(1).put("llmOutput", "raw").putNull("aceyOutput");

        assertEquals(
                "{'instruction':'Do it.','input':'question 1','output':'raw'}",
                line(Format.INSTRUCTION, entry));
    }

    @ParameterizedTest
    @CsvSource({
        "approved, false, false, safe",
        "approved, false, true, unsafe",
        "approved, true, true, safe",
        "modified, true, true, safe",
        "rejected, false, false, unsafe",
        "rejected, true, false, unsafe",
        "pending, false, true, unsafe",
        "pending, true, true, unsafe",
        "pending, false, false, safe"
    })
    void aLabelIsThePersonsDecisionElseTheModelsShadowBan(
            String decision, boolean reviewed, boolean shadowBan, String label) {
        ObjectNode entry = Entries.good(1).put("controlDecision", decision);
        if (reviewed) {
            entry.putObject("review");
        }
        if (shadowBan) {
            entry.set(
                    "aceyOutput",
                    Entries.json("{'speech': '', 'intents': [{'type': 'shadow_ban_suggestion'}]}"));
            // Rules take the suggestion out of what is delivered and queue it for a person.
            entry.set(
                    "autoRules",
                    Entries.json(
                            "{'action': 'deliver_modified',"
                                    + " 'output': {'speech': '', 'intents': []}}"));
        }

        assertEquals(
                "{'text':'question 1','label':'" + label + "'}",
                line(Format.CLASSIFICATION, entry));
    }

    @Test
    void aClassificationIsOfWhatTheUserSaidLast() {
        ObjectNode entry = Entries.good(1);
        entry.set("llmPrompt", Entries.json(CHAT));

        assertEquals("{'text':'How\\nso?','label':'safe'}", line(Format.CLASSIFICATION, entry));
    }

    @Test
    void aClassificationWithoutAnswerOrDecisionWouldBeAGuess() {
        ObjectNode entry = Entries.good(1).putNull("aceyOutput").putNull("llmOutput");

        assertEquals(DropReason.EMPTY, dropped(Format.CLASSIFICATION, entry));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void anEmptyPromptMakesNoExample(Format format) {
        assertEquals(DropReason.EMPTY, dropped(format, Entries.good(1).put("llmPrompt", " \n")));
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"INSTRUCTION", "CHAT"})
    void anEmptyAnswerMakesNoExample(Format format) {
        ObjectNode entry = Entries.good(1);
        entry.set("aceyOutput", Entries.json("{'speech': ' '}"));

        assertEquals(DropReason.EMPTY, dropped(format, entry));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'role': 'user', 'content': [{'type': 'image_url', 'image_url': {}}]}]",
                "[{'role': 'assistant', 'content': null, 'tool_calls': []}]",
                "[{'role': 'user'}]",
                "[{'role': 'user', 'content': 5}]"
            })
    void aPromptThatIsNotTextCannotBeSaid(String prompt) {
        ObjectNode entry = Entries.good(1);
        entry.set("llmPrompt", Entries.json(prompt));

        assertEquals(DropReason.NOT_CONVERTIBLE, dropped(Format.INSTRUCTION, entry));
    }

    @Test
    void aChatTakesOnlyTheRolesThatTrainersKnow() {
        ObjectNode entry = Entries.good(1);
        entry.set("llmPrompt", Entries.json("[{'role': 'tool', 'content': 'x'}]"));

        assertEquals(DropReason.NOT_CONVERTIBLE, dropped(Format.CHAT, entry));
        assertInstanceOf(Example.class, convert(Format.INSTRUCTION, entry));
    }

    @Test
    void aLineIsUtf8WithOneLineFeedAtItsEnd() {
        ObjectNode entry = Entries.good(1).put("llmPrompt", "é 漢 😀 \u0000 \n \u2028");

        byte[] line = JsonLine.of(example(Format.INSTRUCTION, entry).fields()).orElseThrow();

        assertEquals(
                "{'instruction':'Do it.','input':'é 漢 😀 \\u0000 \\n \u2028','output':'answer 1'}\n",
                new String(line, StandardCharsets.UTF_8).replace('"', '\''));
    }

    @Test
    void personalDataIsTakenOutOfPromptAndAnswerAndCounted() {
        ObjectNode entry = Entries.good(1).put("llmPrompt", "Write to ann@example.org");
        entry.set(
                "aceyOutput",
                Entries.json("{'speech': 'Sent to ann@example.org.', 'intents': []}"));
        Redactor all = new Redactor(EnumSet.allOf(Kind.class), Map.of());
        Map<String, Integer> found = new HashMap<>();

        Outcome outcome =
                new Converter(Format.INSTRUCTION, "Do it.", all)
                        .convert(new Call(Entries.entry(entry), null), found);

        assertEquals(
                "{'instruction':'Do it.','input':'Write to [email]','output':'Sent to [email].'}",
                assertInstanceOf(Example.class, outcome).fields().toString().replace('"', '\''));
        assertEquals(Map.of("email", 2), found);
    }

    @Test
    void whatAPersonShowedIsTaughtInPlaceOfWhatWasDelivered() {
        Call call =
                new Call(
                        Entries.entry(Entries.good(1)),
                        (ObjectNode) Entries.json("{'speech': 'better'}"));

        Outcome outcome =
                new Converter(Format.INSTRUCTION, "Do it.", NOTHING).convert(call, new HashMap<>());

        assertEquals(
                "better", assertInstanceOf(Example.class, outcome).fields().get("output").asText());
    }

    @Test
    void aRejectedAnswerAndAnAcceptedOneAreTheSidesOfAPreference() {
        assertEquals(List.of(true), sides(Entries.good(1)).stream().map(Side::preferred).toList());
        assertEquals(
                List.of(false),
                sides(Entries.good(1).put("controlDecision", "rejected")).stream()
                        .map(Side::preferred)
                        .toList());
    }

    @Test
    void anAnswerThatAPersonReplacedIsBothSidesOfAPreference() {
        Call call =
                new Call(
                        Entries.entry(Entries.good(1)),
                        (ObjectNode) Entries.json("{'speech': 'better'}"));

        Outcome outcome =
                new Converter(Format.PREFERENCE, "", NOTHING).convert(call, new HashMap<>());

        List<Side> sides = assertInstanceOf(Outcome.Sides.class, outcome).sides();
        assertEquals(
                "{'input':{'messages':[{'role':'user','content':'question 1'}]},"
                        + "'preferred_output':[{'role':'assistant','content':'better'}],"
                        + "'non_preferred_output':[{'role':'assistant','content':'answer 1'}]}",
                sides.get(0).over(sides.get(1)).fields().toString().replace('"', '\''));
    }

    private static List<Side> sides(ObjectNode entry) {
        return assertInstanceOf(Outcome.Sides.class, convert(Format.PREFERENCE, entry)).sides();
    }

    @Test
    void halfASurrogatePairMakesNoLine() {
        ObjectNode entry = Entries.good(1).put("llmPrompt", "half \ud83d only");

        assertTrue(JsonLine.of(example(Format.INSTRUCTION, entry).fields()).isEmpty());
    }

    private static Outcome convert(Format format, ObjectNode entry) {
        return new Converter(format, "Do it.", NOTHING)
                .convert(new Call(Entries.entry(entry), null), new HashMap<>());
    }

    private static Example example(Format format, ObjectNode entry) {
        return assertInstanceOf(Example.class, convert(format, entry));
    }

    private static DropReason dropped(Format format, ObjectNode entry) {
        return assertInstanceOf(Outcome.Dropped.class, convert(format, entry)).reason();
    }

    private static String line(Format format, ObjectNode entry) {
        return example(format, entry).fields().toString().replace('"', '\'');
    }
}
