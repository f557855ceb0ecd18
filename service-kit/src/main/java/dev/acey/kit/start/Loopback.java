package dev.acey.kit.start;

import java.util.Set;

/** Hosts to listen on that only this machine can reach. */
public final class Loopback {

    private static final Set<String> HOSTS =
            Set.of("127.0.0.1", "localhost", "::1", "[::1]", "0:0:0:0:0:0:0:1");

    private Loopback() {}

    /** Whether this setting of a listening host is one of them. */
    public static boolean is(String host) {
        return HOSTS.contains(host);
    }
}
