package dev.acey.gateway.upstream;

import jakarta.inject.Singleton;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/** Where each service is, from {@code acey.<service>.url}: scheme, host and port, nothing else. */
@Singleton
public class ServiceUrls {

    private final Map<Service, URI> urls = new EnumMap<>(Service.class);

    ServiceUrls(Config config) {
        for (Service service : Service.values()) {
            String property = "acey." + service.key() + ".url";
            urls.put(service, check(property, config.getValue(property, URI.class)));
        }
    }

    public URI of(Service service) {
        return urls.get(service);
    }

    /** The port, also where the URL leaves it to its scheme. */
    public static int portOf(URI url) {
        return url.getPort() >= 0 ? url.getPort() : isTls(url) ? 443 : 80;
    }

    public static boolean isTls(URI url) {
        return "https".equals(url.getScheme());
    }

    /** Services serve their paths as the gateway shows them, so a URL with a path is a mistake. */
    static URI check(String property, URI url) {
        boolean http = "http".equals(url.getScheme()) || isTls(url);
        boolean bare =
                (url.getRawPath() == null || url.getRawPath().matches("/?"))
                        && url.getRawQuery() == null
                        && url.getRawFragment() == null
                        && url.getRawUserInfo() == null;
        if (!http || url.getHost() == null || !bare) {
            throw new IllegalArgumentException(
                    property + "=" + url + " must be like http://host:port, without a path");
        }
        return url;
    }
}
