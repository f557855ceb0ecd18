package dev.acey.gateway.webhook;

import dev.acey.kit.start.Loopback;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Where webhooks may lead: whoever can make one must not reach through the gateway what only the
 * gateway can reach.
 */
@Singleton
public class Destinations {

    /** IANA's special-purpose registries (RFC 6890), and multicast. */
    private static final List<IpSubnetFilterRule> NOT_PUBLIC =
            Stream.of(
                            "0.0.0.0/8",
                            "10.0.0.0/8",
                            "100.64.0.0/10",
                            "127.0.0.0/8",
                            "169.254.0.0/16",
                            "172.16.0.0/12",
                            "192.0.0.0/24",
                            "192.0.2.0/24",
                            "192.88.99.0/24",
                            "192.168.0.0/16",
                            "198.18.0.0/15",
                            "198.51.100.0/24",
                            "203.0.113.0/24",
                            "224.0.0.0/3",
                            "2001::/23",
                            "2001:db8::/32",
                            "2002::/16",
                            "3fff::/20")
                    .map(Destinations::subnet)
                    .toList();

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final boolean allowPrivate;

    /** The host is the one the gateway listens on. */
    public Destinations(
            WebhookSettings settings, @ConfigProperty(name = "quarkus.http.host") String host) {
        this.allowPrivate = settings.allowPrivate().orElseGet(() -> Loopback.is(host));
    }

    /** A name that leads, also or only, to an address that is not public. */
    public static final class NotPublicException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotPublicException() {
            super("leads to an address that is not public", null, false, false);
        }
    }

    /**
     * The address to connect to. Connect to it and do not resolve the name again: it could lead
     * elsewhere then. Fails with {@link NotPublicException}, or with {@link UnknownHostException}.
     */
    public Uni<InetAddress> of(String host) {
        return Uni.createFrom()
                .item(() -> resolve(host))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .ifNoItem()
                .after(PATIENCE)
                .failWith(() -> new UnknownHostException(host))
                .onFailure(UncheckedIOException.class)
                .transform(Throwable::getCause)
                .map(this::checked);
    }

    private static InetAddress[] resolve(String host) {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    private InetAddress checked(InetAddress[] addresses) {
        if (!allowPrivate && !Stream.of(addresses).allMatch(Destinations::isPublic)) {
            throw new NotPublicException();
        }
        return addresses[0];
    }

    static boolean isPublic(InetAddress address) {
        InetSocketAddress socket = new InetSocketAddress(address, 0);
        boolean routed = !(address instanceof Inet6Address) || isGlobalUnicast(address);
        return routed && NOT_PUBLIC.stream().noneMatch(subnet -> subnet.matches(socket));
    }

    /** 2000::/3, all of IPv6 that is routed on the Internet. */
    private static boolean isGlobalUnicast(InetAddress address) {
        return (address.getAddress()[0] & 0xe0) == 0x20;
    }

    private static IpSubnetFilterRule subnet(String text) {
        String[] parts = text.split("/", 2);
        return new IpSubnetFilterRule(
                parts[0], Integer.parseInt(parts[1]), IpFilterRuleType.REJECT);
    }
}
