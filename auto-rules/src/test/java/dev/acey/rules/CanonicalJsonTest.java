package dev.acey.rules;

import static dev.acey.rules.TestJson.parse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.FloatNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.node.TextNode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {
    @Test
    void theExampleOfTheStandardEncodesAsTheStandardSays() {
        String source =
                """
                {"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                 "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                 "literals": [null, true, false]}""";

        assertEquals(
                "{\"literals\":[null,true,false],"
                        + "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}",
                CanonicalJson.text(parse(source)));
    }

    @Test
    void keysAreSortedByUtf16CodeUnits() {
        String source =
                """
                {"\\u20ac": 1, "\\r": 2, "\\ufb33": 3, "1": 4, "\\ud83d\\ude00": 5, "\\u0080": 6, "\\u00f6": 7}""";

        assertEquals(
                "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\ufb33\":3}",
                CanonicalJson.text(parse(source)));
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "-0.0,0",
        "1,1",
        "1.0,1",
        "1e0,1",
        "100e-2,1",
        "9007199254740991,9007199254740991",
        "9007199254740993,9007199254740992",
        "12345678901234567890,12345678901234567000",
        "1e21,1e+21",
        "1e20,100000000000000000000",
        "5e-324,5e-324",
        "1.7976931348623157e308,1.7976931348623157e+308",
        "5.684341886080802E-14,5.684341886080802e-14",
        "-1.5E-7,-1.5e-7"
    })
    void aNumberIsWrittenAsEcmaScriptPrintsIt(String source, String canonical) {
        assertEquals(canonical, CanonicalJson.text(parse(source)));
    }

    @Test
    void aFloatMeansTheDigitsItPrints() {
        assertEquals("0.1", CanonicalJson.text(FloatNode.valueOf(0.1f)));
    }

    @Test
    void whatTheStandardRefusesIsRefused() {
        JsonNode deep = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < 1_001; i++) {
            deep = JsonNodeFactory.instance.arrayNode().add(deep);
        }
        for (JsonNode bad :
                new JsonNode[] {
                    TextNode.valueOf("\ud800"),
                    TextNode.valueOf("\udc00\ud800"),
                    DoubleNode.valueOf(Double.NaN),
                    parse("1e400"),
                    new POJONode(new Object()),
                    MissingNode.getInstance(),
                    deep
                }) {
            assertThrows(IllegalArgumentException.class, () -> CanonicalJson.encode(bad));
        }
    }

    @Property
    void whatIsWrittenReadsBackAsTheSameDouble(@ForAll double number) {
        if (Double.isFinite(number)) {
            String text = CanonicalJson.text(DoubleNode.valueOf(number));

            assertEquals(number + 0.0, Double.parseDouble(text));
        }
    }

    @Property
    void encodingTwiceChangesNothing(@ForAll String text) {
        JsonNode node = JsonNodeFactory.instance.objectNode().put(text, text);
        if (!Text.hasLoneSurrogate(text)) {
            String once = CanonicalJson.text(node);

            assertEquals(once, CanonicalJson.text(parse(once)));
        }
    }
}
