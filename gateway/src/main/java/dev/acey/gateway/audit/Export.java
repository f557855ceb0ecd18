package dev.acey.gateway.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.kit.audit.Anchor;
import dev.acey.kit.audit.AuditLink;
import dev.acey.kit.audit.Stretch;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The trails as lines, one service after the other: of each stretch first what its keeper
 * remembers, then the links, so that whoever checks them needs to hold no more than a stretch.
 */
@Singleton
class Export {

    private final Trails trails;
    private final ObjectMapper json;

    Export(Trails trails, ObjectMapper json) {
        this.trails = trails;
        this.json = json;
    }

    /** A link. Its detail is a text, as it was hashed. */
    @RegisterForReflection
    record LinkLine(
            String service,
            long seq,
            Instant at,
            String actor,
            String action,
            String subject,
            String detail,
            String previousHash,
            String hash) {

        static LinkLine of(String service, AuditLink link) {
            return new LinkLine(
                    service,
                    link.seq(),
                    link.at(),
                    link.actor(),
                    link.action(),
                    link.subject(),
                    link.detail(),
                    link.previousHash(),
                    link.hash());
        }
    }

    /** What another service remembers of a link. */
    @RegisterForReflection
    record AnchorLine(String service, String anchoredIn, long seq, String hash) {}

    /** Some lines at a time; each piece is read when the one before was taken. */
    Multi<byte[]> of(List<String> services) {
        return Multi.createFrom()
                .iterable(services)
                .onItem()
                .transformToMultiAndConcatenate(this::trail);
    }

    private Multi<byte[]> trail(String service) {
        return Multi.createBy()
                .repeating()
                .uni(
                        AtomicLong::new,
                        last ->
                                trails.behind(service, last.get())
                                        .invoke(stretch -> last.set(end(stretch, last.get()))))
                .whilst(stretch -> !stretch.links().isEmpty())
                .select()
                .where(stretch -> !stretch.links().isEmpty() || !stretch.anchors().isEmpty())
                .map(stretch -> lines(service, stretch));
    }

    private static long end(Stretch stretch, long before) {
        List<AuditLink> links = stretch.links();
        return links.isEmpty() ? before : links.get(links.size() - 1).seq();
    }

    private byte[] lines(String service, Stretch stretch) {
        String keeper = trails.keeperOf(service);
        Stream<Object> anchors =
                stretch.anchors().stream().map(anchor -> anchorLine(service, keeper, anchor));
        Stream<Object> links = stretch.links().stream().map(link -> LinkLine.of(service, link));
        return Stream.concat(anchors, links)
                .map(this::line)
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static AnchorLine anchorLine(String service, String keeper, Anchor anchor) {
        return new AnchorLine(service, keeper, anchor.seq(), anchor.hash());
    }

    private String line(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a line of an export always encodes", e);
        }
    }
}
