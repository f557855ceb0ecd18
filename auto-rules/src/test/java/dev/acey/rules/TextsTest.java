package dev.acey.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acey.rules.sensitive.Kind;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spelling of intent types, case folding, and identifiers in texts. */
class TextsTest {
    @ParameterizedTest
    @CsvSource({
        "memory_proposal, memory_proposal",
        "memoryProposal, memory_proposal",
        "MemoryProposal, memory_proposal",
        "MEMORY_PROPOSAL, memory_proposal",
        "Memory-Proposal, memory_proposal",
        "' memory  proposal ', memory_proposal",
        "memory.proposal/, memory_proposal",
        "__memory__proposal__, memory_proposal",
        "executeSQL, execute_sql",
        "SQLExecute, sql_execute",
        "send2Wallets, send2_wallets",
        "mem\u200bory_pro\u00adposal, memory_proposal",
        "ｍｅｍｏｒｙ＿ｐｒｏｐｏｓａｌ, memory_proposal",
        "танец, танец",
        "'!?', ''"
    })
    void anIntentTypeHasOneSpelling(String type, String normalised) {
        assertEquals(normalised, IntentType.normalise(type));
    }

    @Property
    void theOneSpellingIsItsOwn(@ForAll String type) {
        String once = IntentType.normalise(type);

        assertEquals(once, IntentType.normalise(once));
    }

    @Property
    void foldingIsIdempotentAndKeepsLength(@ForAll String text) {
        int[] once = text.codePoints().map(Text::fold).toArray();
        String folded = new String(once, 0, once.length);

        assertTrue(Text.startsWithFolded(folded, Text.foldedPrefix(text, Integer.MAX_VALUE)));
        assertEquals(text.codePointCount(0, text.length()), once.length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111111",
                "4222222222222",
                "x 5555-5555-5555-4444.",
                "378282246310005",
                "6011 1111 1111 1117",
                "30569309025904",
                "3530111333300000",
                "2223003122003222",
                "6200000000000005",
                "12 4111 1111 1111 1111 12/27"
            })
    void aCardNumberIsFound(String text) {
        assertTrue(Kind.CARD.isIn(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111112",
                "411111111111111",
                "id4111111111111111",
                "4111111111111111x",
                "0000000000000000",
                "1234567812345670",
                "4111  1111  1111  1111",
                "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
                "41111111111111111111111111"
            })
    void whatIsNoCardNumberIsNotFound(String text) {
        assertFalse(Kind.CARD.isIn(text));
    }

    @ParameterizedTest
    @CsvSource({
        "DE89370400440532013000, true",
        "FR14 2004 1010 0505 0001 3M02 606, true",
        "NO9386011117947, true",
        "to GB82 WEST 1234 5698 7654 32 please, true",
        "DE89370400440532013001, false",
        "XDE89370400440532013000, false",
        "DE89, false",
        "AB12 CDEF, false"
    })
    void anIbanIsFoundByItsCheckDigits(String text, boolean found) {
        assertEquals(found, Kind.IBAN.isIn(text));
    }

    @ParameterizedTest
    @CsvSource({
        "ann@corp.io, true",
        "<ann.lee+x@mail.corp.co.uk>, true",
        "Ann@CORP.IO., true",
        "a@example.com and ann@corp.io, true",
        "ann@example.com, false",
        "ann@mail.example.org, false",
        "ann@shop.test, false",
        "ann@localhost, false",
        "ann@corp, false",
        "ann@corp.1, false",
        "@corp.io, false",
        "see you @ corp.io, false",
        "a@@b, false"
    })
    void anAddressIsFoundUnlessItBelongsToNobody(String text, boolean found) {
        assertEquals(found, Contacts.hasEmail(text));
    }
}
