package dev.acey.rollout.actor;

/** The name the audit trail gives to who changed something. */
public final class Actor {

    /** What a request may say of itself while nobody logs in. */
    public static final String FORM = "\\P{Cntrl}{1,200}";

    /** Who did not say. */
    public static final String ANONYMOUS = "anonymous";

    /** What this service does by itself. */
    public static final String SYSTEM = "rollout-service";

    private Actor() {}

    /** As given, or anonymous. */
    public static String of(String given) {
        return given == null ? ANONYMOUS : given;
    }
}
