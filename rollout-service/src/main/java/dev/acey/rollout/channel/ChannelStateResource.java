package dev.acey.rollout.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.audit.AuditEvent;
import dev.acey.kit.audit.AuditTrail;
import dev.acey.kit.audit.Subjects;
import dev.acey.kit.problem.ProblemException;
import dev.acey.rollout.actor.Actor;
import dev.acey.rules.RuleState;
import dev.acey.rules.RuleStateException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/channels/{channel}/state")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Live traffic")
class ChannelStateResource {

    private static final int LONGEST_NAME = 256;

    private final Channels channels;
    private final AuditTrail audit;
    private final Subjects subjects;
    private final ObjectMapper json;

    ChannelStateResource(
            Channels channels, AuditTrail audit, Subjects subjects, ObjectMapper json) {
        this.channels = channels;
        this.audit = audit;
        this.subjects = subjects;
        this.json = json;
    }

    @GET
    @Operation(summary = "What the rules know of a channel: persona, trust, memories, moderation")
    public Uni<JsonNode> get(@PathParam("channel") String channel) {
        check(channel);
        return channels.state(channel).map(RuleState::toJson);
    }

    /** Each holds a database connection while it waits for its turn: few at a time. */
    @PUT
    @Bulkhead(value = 4, waitingTaskQueue = 64)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Set the whole state of a channel; what is left out becomes neutral")
    public Uni<JsonNode> put(@PathParam("channel") String channel, ObjectNode body) {
        check(channel);
        RuleState state = state(body);
        return channels.hold(
                        channel,
                        held ->
                                held.inTransaction(
                                        transaction ->
                                                held.replace(transaction, state)
                                                        .chain(
                                                                () ->
                                                                        audit.append(
                                                                                transaction,
                                                                                event(
                                                                                        channel,
                                                                                        state,
                                                                                        held
                                                                                                .at())))))
                .replaceWith(state::toJson);
    }

    private static RuleState state(ObjectNode body) {
        if (body == null) {
            throw ProblemException.invalid("", "must be a JSON object");
        }
        try {
            return RuleState.fromJson(body);
        } catch (RuleStateException e) {
            throw ProblemException.invalid(e.pointer(), e.rule());
        }
    }

    private static void check(String channel) {
        if (channel.length() > LONGEST_NAME) {
            throw ProblemException.invalid(
                    "/channel", "must be at most " + LONGEST_NAME + " characters");
        }
    }

    /** How much was set, not what: a state holds what people said. */
    private AuditEvent event(String channel, RuleState state, Instant at) {
        ObjectNode detail = json.createObjectNode();
        detail.put("locked", state.persona().locked());
        detail.put("trust", state.trust().size());
        detail.put("memories", state.memories().size());
        detail.put("moderation", state.moderation().size());
        return new AuditEvent(
                Actor.ANONYMOUS, "channel.put", subjects.channel(channel), detail, at);
    }
}
