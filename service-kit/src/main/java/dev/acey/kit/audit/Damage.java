package dev.acey.kit.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;

/**
 * The first link of a chain that does not hold.
 *
 * @param seq its number
 * @param detail what is wrong with it, in words
 */
@RegisterForReflection
public record Damage(long seq, Kind kind, String detail) {

    /** What was done to it, as far as that can be seen. JSON spells it in lower case. */
    @RegisterForReflection
    public enum Kind {
        /** Its content is not what its hash was made of. */
        CHANGED,
        /** It is not there: taken out, or cut off the end. */
        MISSING,
        /** It does not continue the link before: put in, or moved. */
        OUT_OF_PLACE,
        /** It holds in itself, but its keeper remembers another: the chain was computed anew. */
        REWRITTEN,
        /** Its keeper remembers later links and has lost this one. */
        UNANCHORED;

        @JsonValue
        public String json() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
