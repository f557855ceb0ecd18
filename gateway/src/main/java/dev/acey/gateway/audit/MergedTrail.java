package dev.acey.gateway.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.kit.audit.AuditFilter;
import dev.acey.kit.page.Cursor;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All trails as one list: newest first, within a millisecond by the order of the services, and in a
 * service the later link first. A page costs a page of each service.
 */
@Singleton
class MergedTrail {

    private static final Comparator<AuditEntry> ORDER =
            Comparator.comparing(AuditEntry::at)
                    .reversed()
                    .thenComparing(entry -> Trails.SERVICES.indexOf(entry.service()))
                    .thenComparing(Comparator.comparing(AuditEntry::seq).reversed());

    private static final Pattern CURSOR = Pattern.compile("(-?[0-9]{1,15}) ([a-z]+) ([0-9]{1,18})");
    private static final long BEHIND_ALL = 999_999_999_999_999_999L;

    private final Trails trails;
    private final ObjectMapper json;

    MergedTrail(Trails trails, ObjectMapper json) {
        this.trails = trails;
        this.json = json;
    }

    /** Where a page ended: all that comes before it in the list has been given. */
    private record End(Instant at, int service, long seq) {

        static End of(String cursor) {
            String text = Cursor.decode(cursor);
            if (text == null) {
                return null;
            }
            Matcher form = CURSOR.matcher(text);
            if (!form.matches() || !Trails.SERVICES.contains(form.group(2))) {
                throw Cursor.unknown();
            }
            return new End(
                    Instant.ofEpochMilli(Long.parseLong(form.group(1))),
                    Trails.SERVICES.indexOf(form.group(2)),
                    Long.parseLong(form.group(3)));
        }

        /** The same place in the trail of one service. */
        AuditFilter.Place in(int other) {
            return new AuditFilter.Place(
                    at, other == service ? seq : other < service ? 0 : BEHIND_ALL);
        }
    }

    /**
     * A page of those services' trails.
     *
     * @param filter for a page at the beginning
     * @param cursor where the page before ended, null for the beginning
     */
    Uni<AuditPage> page(List<String> services, AuditFilter filter, String cursor) {
        End end = End.of(cursor);
        return Multi.createFrom()
                .iterable(services)
                .onItem()
                .transformToUniAndConcatenate(service -> entries(service, filter, end))
                .onItem()
                .<AuditEntry>disjoint()
                .collect()
                .asList()
                .map(all -> merge(all, filter.limit()));
    }

    private Uni<List<AuditEntry>> entries(String service, AuditFilter filter, End end) {
        AuditFilter.Place before = end == null ? null : end.in(Trails.SERVICES.indexOf(service));
        AuditFilter own =
                new AuditFilter(
                        filter.subjects(), filter.from(), filter.to(), before, filter.limit());
        return trails.newest(service, own)
                .map(
                        links ->
                                links.stream()
                                        .map(link -> AuditEntry.of(service, link, json))
                                        .toList());
    }

    /** A full page may have others behind it. */
    private static AuditPage merge(List<AuditEntry> all, int limit) {
        List<AuditEntry> page = all.stream().sorted(ORDER).limit(limit).toList();
        if (page.size() < limit) {
            return new AuditPage(page, null);
        }
        AuditEntry last = page.get(limit - 1);
        return new AuditPage(
                page,
                Cursor.encode(last.at().toEpochMilli() + " " + last.service() + " " + last.seq()));
    }
}
