package dev.acey.simulation.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.entry.LogEntryReader;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ChatPromptTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aPromptThatIsATextIsWhatTheUserSays() throws JsonProcessingException {
        assertEquals(
                json("{'messages':[{'role':'user','content':'Hi'}]}"),
                asked("{'taskType':'game','llmPrompt':'Hi'}"));
    }

    @Test
    void messagesAndWhatShapesTheAnswerAreThoseOfTheLogAndNothingElseIs()
            throws JsonProcessingException {
        assertEquals(
                json(
                        "{'messages':[{'role':'system','content':'s'},{'role':'user','content':'u'}],"
                                + "'temperature':0.2,'max_tokens':7,'seed':1,"
                                + "'tools':[{'type':'function'}]}"),
                asked(
                        "{'taskType':'game','llmPrompt':[{'role':'system','content':'s'},"
                                + "{'role':'user','content':'u'}],'metadata':{'model':'m',"
                                + "'temperature':0.2,'max_tokens':7,'seed':1,'stop':null,"
                                + "'tools':[{'type':'function'}],'user':'eve','stream':true,"
                                + "'taskType':'game','finishReason':'stop'}}"));
    }

    @Test
    void anAnswerIsAsLongAsTheLogAllowsElseAsTheServiceDoes() throws JsonProcessingException {
        ObjectNode limited = json("{'messages':[],'max_tokens':7}");
        ObjectNode open = json("{'messages':[]}");

        assertEquals(7, ChatPrompt.bounded(limited, 100));
        assertEquals(100, ChatPrompt.bounded(open, 100));
        assertEquals(100, open.path("max_completion_tokens").asInt());
        assertEquals(json("{'messages':[],'max_tokens':7}"), limited);
    }

    @Property
    void whatIsReservedIsEnoughForAsManyTokensAsThereAreBytes(
            @ForAll String content,
            @ForAll @DoubleRange(max = 100_000) double price,
            @ForAll @LongRange(min = 1, max = 1_000_000) long completion) {
        ObjectNode request = JSON.createObjectNode();
        request.putArray("messages").addObject().put("role", "user").put("content", content);
        Model model = new Model("m", new Model.Pricing(price, price));
        int bytes = content.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;

        assertTrue(
                model.mostCost(request, completion)
                        >= Math.floor((bytes + completion) * price / 1e6 * 1e9));
        assertEquals(0, new Model("m", null).mostCost(request, completion));
    }

    private static ObjectNode asked(String entry) throws JsonProcessingException {
        return ChatPrompt.of(LogEntryReader.read(json(entry)));
    }

    private static ObjectNode json(String text) throws JsonProcessingException {
        return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
    }
}
