package dev.acey.rollout.erasure;

import dev.acey.kit.page.Cursor;
import dev.acey.kit.token.KeyedHash;
import dev.acey.rollout.channel.ForgottenPeople;
import dev.acey.rollout.task.ForgottenKeys;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** This service's part in the erasure of a person, asked for step by step. */
@Path("/internal/subjects")
@Produces(MediaType.APPLICATION_JSON)
public class InternalSubjectsResource {

    private static final Pattern PLACE = Pattern.compile("(\\d{1,18}) ([cs])(.*)", Pattern.DOTALL);

    private final ErasureStore store;
    private final ForgottenPeople channels;
    private final ForgottenKeys keys;
    private final KeyedHash hash;

    InternalSubjectsResource(
            ErasureStore store, ForgottenPeople channels, ForgottenKeys keys, KeyedHash hash) {
        this.store = store;
        this.channels = channels;
        this.keys = keys;
        this.hash = hash;
    }

    /**
     * What came of one step.
     *
     * @param erased channels, and tasks' overrides, out of which the person was taken in this step
     * @param cursor where the next step goes on; null after the last
     * @param later whether the next step is better asked for a little later
     * @param away spools of replicas that are away and have not let go of the person yet; they do
     *     before they ship anything
     */
    @RegisterForReflection
    public record Step(int erased, String cursor, boolean later, int away) {}

    /**
     * First every replica is asked, then some channels are looked through at each step, at last the
     * replicas' spools are waited for. Whoever asks goes on with the cursor of the answer until
     * there is none; any step again is harmless.
     */
    @DELETE
    @Path("/{user}")
    @Operation(hidden = true)
    public Uni<Step> erase(@PathParam("user") String user, @QueryParam("cursor") String cursor) {
        String place = Cursor.decode(cursor);
        if (place == null) {
            return store.ask(hash.person(user))
                    .chain(version -> keys.forget(user).chain(n -> begun(user, version, n)));
        }
        Matcher form = PLACE.matcher(place);
        if (!form.matches()) {
            throw Cursor.unknown();
        }
        long version = Long.parseLong(form.group(1));
        return form.group(2).equals("c")
                ? inChannels(user, version, form.group(3))
                : inSpools(version);
    }

    private Uni<Step> begun(String user, long version, int overrides) {
        return inChannels(user, version, null)
                .map(
                        step ->
                                new Step(
                                        step.erased() + overrides,
                                        step.cursor(),
                                        step.later(),
                                        step.away()));
    }

    private Uni<Step> inChannels(String user, long version, String after) {
        return channels.forget(user, after)
                .map(
                        step ->
                                new Step(
                                        step.changed(),
                                        Cursor.encode(
                                                step.last() == null
                                                        ? version + " s"
                                                        : version + " c" + step.last()),
                                        false,
                                        0));
    }

    private Uni<Step> inSpools(long version) {
        return store.behind(version)
                .map(
                        behind ->
                                behind.here() > 0
                                        ? new Step(0, Cursor.encode(version + " s"), true, 0)
                                        : new Step(0, null, false, behind.away()));
    }
}
