package dev.acey.gateway.audit;

import dev.acey.kit.audit.AuditFilter;
import dev.acey.kit.audit.ChainCheck;
import dev.acey.kit.audit.Subjects;
import dev.acey.kit.page.Query;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/audit}. */
@Path("/api/audit")
@Tag(name = "Audit", description = "What people and machines decided, and proof that it stands")
public class AuditResource {

    private static final Set<String> NAMES = new TreeSet<>(Trails.SERVICES);
    private static final Pattern SUBJECT = Pattern.compile("\\P{Cntrl}{1,300}");

    private final Trails trails;
    private final MergedTrail merged;
    private final Export export;
    private final Subjects subjects;

    AuditResource(Trails trails, MergedTrail merged, Export export, Subjects subjects) {
        this.trails = trails;
        this.merged = merged;
        this.export = export;
        this.subjects = subjects;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Decisions, newest first, merged over services",
            description =
                    "`service` is one of gateway, log, dataset, simulation, rollout. `subject` is"
                            + " what was decided about, such as `task:game`; rows name people and"
                            + " channels by keyed hashes, and `user:` or `channel:` with the name"
                            + " finds them. `from` counts, `to` does not.")
    public Uni<AuditPage> list(
            @QueryParam("service") String service,
            @QueryParam("subject") String subject,
            @QueryParam("from") String from,
            @QueryParam("to") String to,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        AuditFilter filter =
                new AuditFilter(
                        spellings(subject),
                        Query.time("from", from),
                        Query.time("to", to),
                        null,
                        Query.limit(limit));
        return merged.page(services(service), filter, cursor);
    }

    @GET
    @Path("/verify")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Follow every trail from its first link",
            description =
                    "Computes each link's hash again and compares it with what another service"
                            + " remembers. `firstBroken` names the first link that does not hold:"
                            + " its service, its number, and the kind of damage. 503 while a"
                            + " service that is needed for it is away.")
    public Uni<Verification> verify(@QueryParam("service") String service) {
        List<String> services = services(service);
        return Multi.createFrom()
                .iterable(services)
                .onItem()
                .transformToUniAndConcatenate(this::check)
                .collect()
                .asList()
                .map(checked -> Verification.of(services, checked));
    }

    @GET
    @Path("/export")
    @Produces("application/x-ndjson")
    @Operation(
            summary = "Every link and every anchor, oldest first, one a line, as a stream",
            description =
                    "Enough to check the trails without this system. A connection that breaks"
                            + " before its end means an export that is not whole.")
    public Multi<byte[]> export(@QueryParam("service") String service) {
        return export.of(services(service));
    }

    private Uni<Verification.Trail> check(String service) {
        return ChainCheck.ofAll(seq -> trails.behind(service, seq))
                .map(verdict -> Verification.trail(verdict, trails.keeperOf(service)));
    }

    private static List<String> services(String given) {
        String service = Query.oneOf("service", given, NAMES);
        return service == null ? Trails.SERVICES : List.of(service);
    }

    private List<String> spellings(String subject) {
        if (subject == null || subject.isEmpty()) {
            return List.of();
        }
        if (!SUBJECT.matcher(subject).matches()) {
            throw ProblemException.invalid(
                    "/subject", "must be 1 to 300 characters, none of them a control character");
        }
        return subjects.spellings(subject);
    }
}
