package dev.acey.rules;

/** What a rule's expressions can see. */
enum Part {
    INTENT,
    INTENT_TYPE,
    SPEECH,
    /** The output as a whole, or the lists of its intents or tool calls. */
    OUTPUT,
    PERSONA,
    /** The trust of the user the intent names. */
    USER,
    /** All memories, as a list. */
    MEMORIES,
    /** One memory, looked up by its start. */
    MEMORY_LOOKUP,
    /** All of the moderation history, as a list. */
    MODERATION,
    /** One moderation entry, looked up by its start. */
    MODERATION_LOOKUP;

    boolean isState() {
        return compareTo(PERSONA) >= 0;
    }
}
