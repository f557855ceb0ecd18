package dev.acey.rules;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The state as expressions see it at one instant. It moves along with the trust that the output's
 * own intents give or take, and it remembers what was looked at, so that the parts that mattered
 * can be kept.
 */
final class StateView {
    private final RuleState state;
    private final Instant at;
    private final Set<Part> read = EnumSet.noneOf(Part.class);
    private final Map<String, Standing> users = new HashMap<>();
    private final Map<Object, Boolean> found = new IdentityHashMap<>();
    private Map<String, Object> persona;
    private List<Object> memories;
    private List<Object> moderation;

    /** Where a user stands in the middle of an output. */
    private record Standing(BigDecimal score, TrustMinute minute, int deltas) {}

    StateView(RuleState state, Instant at) {
        this.state = state;
        this.at = at;
    }

    void reads(Set<Part> parts) {
        read.addAll(parts);
    }

    /** Size of the lists among these parts, in the sense of {@link Work#size}. */
    long size(Set<Part> parts) {
        long size = 0;
        if (parts.contains(Part.MEMORIES)) {
            for (Memory memory : state.memories()) {
                size += Work.size(3, memory.text().length());
            }
        }
        if (parts.contains(Part.MODERATION)) {
            for (Moderation entry : state.moderation()) {
                size += Work.size(3, entry.justification().length());
            }
        }
        return size;
    }

    Map<String, Object> view(Set<Part> parts, Supplier<String> user) {
        Map<String, Object> view = new TreeMap<>();
        for (Part part : parts) {
            switch (part) {
                case PERSONA -> view.put("persona", persona());
                case USER -> view.put("user", user(user.get()));
                case MEMORIES -> view.put("memories", memories());
                case MODERATION -> view.put("moderation", moderation());
                default -> {
                    // not a field of state
                }
            }
        }
        return view;
    }

    /**
     * Whether a memory starts with the first code points of a text; an empty text is never
     * remembered.
     */
    boolean remembers(String text, int codePoints) {
        int[] start = Text.foldedPrefix(text, codePoints);
        if (start.length == 0) {
            return false;
        }
        for (Memory memory : state.memories()) {
            if (Text.startsWithFolded(memory.text(), start)) {
                found.put(memory, true);
                return true;
            }
        }
        return false;
    }

    int memoryCount() {
        return state.memories().size();
    }

    int moderationCount() {
        return state.moderation().size();
    }

    /** Whether a suggestion with the same start came less than so many seconds ago. */
    boolean moderated(String justification, int codePoints, double seconds) {
        if (justification.isEmpty()) {
            return false;
        }
        int[] start = Text.foldedPrefix(justification, codePoints);
        for (Moderation entry : state.moderation()) {
            if (Times.secondsBetween(entry.at(), at) < seconds
                    && Arrays.equals(Text.foldedPrefix(entry.justification(), codePoints), start)) {
                found.put(entry, true);
                return true;
            }
        }
        return false;
    }

    /** The output gives or takes this much trust. */
    void trustChanges(String user, double delta) {
        Standing before = standing(user);
        BigDecimal change = Decimals.of(delta);
        BigDecimal score = before.score().add(change).max(BigDecimal.ZERO).min(BigDecimal.ONE);
        int deltas = before.deltas() + (delta == 0 ? 0 : 1);
        users.put(user, new Standing(score, before.minute().plus(change), deltas));
    }

    /** Whether the user's last minute has no place for a further delta. */
    boolean isTrustFull(String user) {
        boolean isFull = standing(user).deltas() >= Limits.MAX_DELTAS;
        if (isFull) {
            read.add(Part.USER);
        }
        return isFull;
    }

    /**
     * The parts of the state that were looked at: judging with them alone gives the same verdict.
     */
    RuleState read() {
        Map<String, Trust> trust = new TreeMap<>();
        for (String user : users.keySet()) {
            Trust known = state.trust().get(user);
            if (known != null) {
                trust.put(user, new Trust(known.score(), known.lastMinute(at)));
            }
        }
        return new RuleState(
                read.contains(Part.PERSONA) ? state.persona() : Persona.NEUTRAL,
                read.contains(Part.USER) ? trust : Map.of(),
                read.contains(Part.MEMORIES) ? state.memories() : found(state.memories()),
                read.contains(Part.MODERATION) ? state.moderation() : found(state.moderation()));
    }

    private <T> List<T> found(List<T> all) {
        return found.isEmpty() ? List.of() : all.stream().filter(found::containsKey).toList();
    }

    private Standing standing(String user) {
        return users.computeIfAbsent(
                user,
                name -> {
                    Trust trust = state.trust().getOrDefault(name, Trust.NEUTRAL);
                    List<Trust.Delta> recent = trust.lastMinute(at);
                    return new Standing(
                            Decimals.of(trust.score()), TrustMinute.of(recent, at), recent.size());
                });
    }

    private Map<String, Object> user(String name) {
        Standing standing = standing(name);
        Map<String, Object> view = new TreeMap<>();
        view.put("score", standing.score().doubleValue());
        view.put("lastMinute", standing.minute().sum().doubleValue());
        view.put("lowestMinute", standing.minute().lowest().doubleValue());
        view.put("highestMinute", standing.minute().highest().doubleValue());
        return view;
    }

    private Map<String, Object> persona() {
        if (persona == null) {
            persona = new TreeMap<>();
            persona.put("mode", state.persona().mode());
            persona.put("locked", state.persona().locked());
            if (state.persona().lastChange() != null) {
                persona.put(
                        "secondsSinceChange",
                        Times.secondsBetween(state.persona().lastChange(), at));
            }
        }
        return persona;
    }

    private List<Object> memories() {
        if (memories == null) {
            memories = new ArrayList<>();
            for (Memory memory : state.memories()) {
                memories.add(aged("text", memory.text(), memory.at()));
            }
        }
        return memories;
    }

    private List<Object> moderation() {
        if (moderation == null) {
            moderation = new ArrayList<>();
            for (Moderation entry : state.moderation()) {
                moderation.add(aged("justification", entry.justification(), entry.at()));
            }
        }
        return moderation;
    }

    private Map<String, Object> aged(String name, String text, Instant since) {
        Map<String, Object> view = new TreeMap<>();
        view.put(name, text);
        view.put("ageSeconds", Times.secondsBetween(since, at));
        return view;
    }
}
