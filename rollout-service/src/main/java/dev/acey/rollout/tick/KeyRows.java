package dev.acey.rollout.tick;

import dev.acey.rollout.guard.count.Arm;
import dev.acey.rollout.guard.count.CountedKey;
import dev.acey.rollout.guard.count.KeyCount;
import dev.acey.rollout.guard.count.StageKind;
import dev.acey.rollout.stored.JsonText;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** The table {@code rollout_key}, within the caller's transaction. */
final class KeyRows {

    private static final String READ =
            """
            SELECT CAST(coalesce(json_agg(json_build_object('h', key_hash, 's', shadow,
              'c', candidate, 'n', counted, 't', stage)), '[]') AS text)
            FROM rollout_key WHERE rollout_id = CAST(:id AS uuid) AND shadow = :shadow
              AND key_hash IN (SELECT json_array_elements_text(CAST(CAST(:keys AS text) AS json)))
            """;

    private static final String WRITE =
            """
            INSERT INTO rollout_key (rollout_id, key_hash, shadow, candidate, counted, stage)
            SELECT CAST(:id AS uuid), h, s, c, n, t
            FROM json_to_recordset(CAST(CAST(:keys AS text) AS json))
              AS k(h text, s boolean, c boolean, n smallint, t smallint)
            ON CONFLICT (rollout_id, key_hash, shadow, candidate)
            DO UPDATE SET counted = excluded.counted, stage = excluded.stage
            """;

    private KeyRows() {}

    /** Short names: there may be thousands. */
    @RegisterForReflection
    record Row(String h, boolean s, boolean c, int n, int t) {

        static Row of(CountedKey key, KeyCount count) {
            return new Row(
                    key.keyHash(),
                    key.kind() == StageKind.SHADOW,
                    key.arm() == Arm.CANDIDATE,
                    count.counted(),
                    count.stage());
        }

        CountedKey key() {
            return new CountedKey(
                    h, s ? StageKind.SHADOW : StageKind.LIVE, c ? Arm.CANDIDATE : Arm.BASELINE);
        }

        KeyCount count() {
            return new KeyCount(n, t);
        }
    }

    /** What is known of these keys, in both arms. */
    static Uni<Map<CountedKey, KeyCount>> read(
            Mutiny.Session session, UUID rollout, StageKind kind, Collection<String> keyHashes) {
        return session.createNativeQuery(READ, String.class)
                .setParameter("id", rollout.toString())
                .setParameter("shadow", kind == StageKind.SHADOW)
                .setParameter("keys", JsonText.write(keyHashes))
                .getSingleResult()
                .map(
                        text ->
                                Arrays.stream(JsonText.read(text, Row[].class))
                                        .collect(Collectors.toMap(Row::key, Row::count)));
    }

    static Uni<Integer> write(
            Mutiny.Session session, UUID rollout, Map<CountedKey, KeyCount> keys) {
        if (keys.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        List<Row> rows =
                keys.entrySet().stream().map(e -> Row.of(e.getKey(), e.getValue())).toList();
        return session.createNativeQuery(WRITE)
                .setParameter("id", rollout.toString())
                .setParameter("keys", JsonText.write(rows))
                .executeUpdate();
    }
}
