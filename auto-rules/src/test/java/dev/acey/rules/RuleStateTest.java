package dev.acey.rules;

import static dev.acey.rules.TestJson.AT;
import static dev.acey.rules.TestJson.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleStateTest {
    @Test
    void whatIsWrittenReadsBack() {
        RuleState state =
                new RuleState(
                        new Persona("hype", true, AT.plusNanos(999)),
                        Map.of(
                                "ann",
                                new Trust(0.7, List.of(new Trust.Delta(AT, -0.05))),
                                "",
                                Trust.NEUTRAL),
                        List.of(new Memory("Ann bluffs", AT)),
                        List.of(new Moderation("spam", AT)));

        assertEquals(state, RuleState.fromJson(TestJson.parse(state.toJson().toString())));
        assertEquals(RuleState.neutral(), RuleState.fromJson(RuleState.neutral().toJson()));
    }

    @Test
    void timesAreWrittenWithThreeDigits() {
        Persona persona = new Persona("calm", false, Instant.parse("2026-01-15T04:05:06Z"));
        RuleState state = new RuleState(persona, Map.of(), List.of(), List.of());

        assertEquals(
                "2026-01-15T04:05:06.000Z", state.toJson().at("/persona/lastChange").textValue());
    }

    @Test
    void whatIsMissingIsNeutral() {
        assertEquals(RuleState.neutral(), RuleState.fromJson(null));
        assertEquals(RuleState.neutral(), RuleState.fromJson(NullNode.getInstance()));
        assertEquals(RuleState.neutral(), RuleState.fromJson(MissingNode.getInstance()));
        assertEquals(RuleState.neutral(), RuleState.fromJson(json("{}")));
        assertEquals(
                RuleState.neutral(),
                RuleState.fromJson(
                        json("{'persona': {'mode': null}, 'trust': null, 'memories': []}")));
        assertEquals(
                Trust.NEUTRAL,
                RuleState.fromJson(json("{'trust': {'ann': {}}}")).trust().get("ann"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[]                                                   | ''                  | must be an object",
                "{'personna': {}}                                     | /personna           | is not known",
                "{'persona': 'calm'}                                  | /persona            | must be an object",
                "{'persona': {'locked': 'yes'}}                       | /persona/locked     | must be true or false",
                "{'persona': {'mode': 7}}                             | /persona/mode       | must be a text of at most 2000 characters, without lone surrogates",
                "{'persona': {'mode': '\\ud800'}}                     | /persona/mode       | must be a text of at most 2000 characters, without lone surrogates",
                "{'persona': {'lastChange': '2026-01-15'}}            | /persona/lastChange | must be an ISO 8601 time ending in Z",
                "{'persona': {'lastChange': 7}}                       | /persona/lastChange | must be an ISO 8601 time ending in Z",
                "{'persona': {'lastChange': '+12026-01-15T00:00:00Z'}}| /persona/lastChange | must be a time in the years 0000 to 9999",
                "{'trust': []}                                        | /trust              | must be an object",
                "{'trust': {'a/b~': {'score': 1.1}}}                  | /trust/a~1b~0/score | must be a number from 0 to 1",
                "{'trust': {'ann': {'score': '1'}}}                   | /trust/ann/score    | must be a number from 0 to 1",
                "{'trust': {'ann': {'score': 1e400}}}                 | /trust/ann/score    | must be a number from 0 to 1",
                "{'trust': {'ann': {'deltas': [{'delta': 0}]}}}       | /trust/ann/deltas/0/at | must be an ISO 8601 time ending in Z",
                "{'memories': {}}                                     | /memories           | must be a list",
                "{'memories': [{'text': 'x', 'at': '2026-01-15T00:00:00Z'}, 'y']} | /memories/1 | must be an object",
                "{'moderation': [{'at': '2026-01-15T00:00:00Z'}]}     | /moderation/0/justification | must be a text of at most 2000 characters, without lone surrogates"
            })
    void aBadFieldIsNamedWithItsRule(String state, String pointer, String rule) {
        RuleStateException error =
                assertThrows(RuleStateException.class, () -> RuleState.fromJson(json(state)));

        assertEquals(pointer.equals("''") ? "" : pointer, error.pointer());
        assertEquals(rule, error.rule());
    }

    @Test
    void aStateIsBounded() {
        String memory = "{'text': 'x', 'at': '2026-01-15T00:00:00Z'},";
        String tooMany = "{'memories': [" + memory.repeat(500) + memory.replace("},", "}") + "]}";

        assertEquals(
                "must not hold more than 500 items",
                assertThrows(RuleStateException.class, () -> RuleState.fromJson(json(tooMany)))
                        .rule());
    }
}
