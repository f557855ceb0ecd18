package dev.acey.dataset.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.Entries;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountsTest {

    @Test
    void namesBeyondTheMostAreCountedTogetherAndKnownOnesGoOn() {
        Counts counts = new Counts(2);

        List.of("b", "b", "a", "c", "c", "b", "d", "a", "c").forEach(counts::add);

        ObjectNode json = Entries.JSON.createObjectNode();
        counts.putInto(json);
        assertEquals("{\"a\":2,\"b\":3,\"others\":4}", json.toString());
    }
}
