package dev.acey.simulation.correctness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.simulation.output.AceyOutput;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputCheckTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void anOutputKeepsItsTasksSchemaOrIsToldWhereNot() {
        OutputCheck check =
                check(
                        "{'type':'object','required':['speech'],'properties':{'speech':"
                                + "{'type':'string','maxLength':5,'pattern':'^[a-z]*$'}}}");

        assertEquals(Optional.empty(), fault(check, "{'speech':'fine','intents':[]}"));
        assertTrue(fault(check, "{'intents':[]}").orElseThrow().contains("speech"));
        assertTrue(fault(check, "{'speech':'too long'}").orElseThrow().contains("/speech"));
        assertTrue(fault(check, "{'speech':'No'}").orElseThrow().contains("/speech"));
    }

    @Test
    void onlyAllowedIntentsWithTheirFieldsAreRight() {
        OutputCheck check =
                OutputCheck.of(
                        new OutputRules(
                                null,
                                List.of("memory_proposal", "trust_signal"),
                                Map.of("memory_proposal", List.of("text", "ttl"))));

        assertEquals(
                Optional.empty(),
                fault(check, "{'intents':[{'type':'memory_proposal','text':'x','ttl':1}]}"));
        assertEquals(
                "/intents/0: the field ttl is missing",
                fault(check, "{'intents':[{'type':'memory_proposal','text':'x'}]}").orElseThrow());
        assertEquals(
                "/intents/1: an intent of type payout is not allowed",
                fault(check, "{'intents':[{'type':'trust_signal'},{'type':'payout'}]}")
                        .orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'text'} | type",
                "{'minimum':'x'} | minimum",
                "{'pattern':'('} | missing closing",
                "{'pattern':'(?=a)'} | invalid",
                "{'$ref':'http://127.0.0.1:1/schema.json'} | itself only",
                "{'properties':{'a':{'$ref':'file:///etc/hostname'}}} | itself only",
                "{'properties':{'a':{'$ref':'classpath:application.properties'}}} | itself only",
                "{'$schema':'http://127.0.0.1:1/draft'} | itself only",
                "{'$ref':'#/$defs/none'} | none",
            })
    void whatIsNoSchemaOrReachesOutIsRefused(String schema, String mention) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> check(schema));
        assertTrue(refusal.getMessage().contains(mention), refusal.getMessage());
    }

    @Test
    void aSchemaMayReferToItself() {
        OutputCheck check =
                check(
                        "{'properties':{'intents':{'items':{'$ref':'#/$defs/intent'}}},"
                                + "'$defs':{'intent':{'required':['type']}}}");

        assertTrue(fault(check, "{'intents':[{}]}").isPresent());
        assertEquals(Optional.empty(), fault(check, "{'intents':[{'type':'x'}]}"));
    }

    @Test
    void aSchemaThatNeverEndsIsAFaultAndNoCrash() {
        Optional<String> fault;
        try {
            fault = fault(check("{'$ref':'#'}"), "{}");
        } catch (IllegalArgumentException e) {
            fault = Optional.of(e.getMessage());
        }
        assertTrue(fault.orElseThrow().contains("without end"), fault.toString());
    }

    private static OutputCheck check(String schema) {
        return OutputCheck.of(new OutputRules(json(schema), null, null));
    }

    private static Optional<String> fault(OutputCheck check, String output) {
        return check.fault(new AceyOutput((ObjectNode) json(output)));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
