package dev.acey.log.store;

import dev.acey.kit.token.KeyedHash;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.util.HexFormat;

/** People as they stand beside their entries: recognisable to whoever has the key, unnamed. */
@Singleton
public class People {

    private final KeyedHash hash;

    People(KeyedHash hash) {
        this.hash = hash;
    }

    /** 16 bytes; null for nobody. */
    public Buffer hash(String user) {
        return user == null ? null : Buffer.buffer(HexFormat.of().parseHex(hash.person(user)));
    }
}
