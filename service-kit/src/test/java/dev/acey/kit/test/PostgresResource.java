package dev.acey.kit.test;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * Gives the service under test a real PostgreSQL, bootstrapped and migrated, which it uses as its
 * application role. A test that has a field of type {@link PostgresServer} gets the server.
 *
 * <pre>
 * &#64;QuarkusTest
 * &#64;WithTestResource(
 *         value = PostgresResource.class,
 *         scope = TestResourceScope.GLOBAL,
 *         initArgs = &#64;ResourceArg(name = "schema", value = "log"))
 * </pre>
 */
public class PostgresResource implements QuarkusTestResourceLifecycleManager {

    private String schema;
    private PostgresServer server;

    @Override
    public void init(Map<String, String> args) {
        schema = args.get("schema");
        if (schema == null) {
            throw new IllegalArgumentException("PostgresResource needs the argument schema");
        }
    }

    @Override
    public Map<String, String> start() {
        server = new PostgresServer();
        server.bootstrap(schema);
        String owner = "acey_" + schema + "_owner";
        String app = "acey_" + schema + "_app";
        return Map.of(
                "quarkus.datasource.reactive.url",
                server.reactiveUrl(),
                "quarkus.datasource.jdbc.url",
                server.jdbcUrl(),
                "quarkus.datasource.username",
                app,
                "quarkus.datasource.password",
                PostgresServer.APP_PASSWORD,
                "quarkus.flyway.jdbc-url",
                server.jdbcUrl(),
                "quarkus.flyway.username",
                owner,
                "quarkus.flyway.password",
                PostgresServer.OWNER_PASSWORD,
                "quarkus.flyway.migrate-at-start",
                "true");
    }

    @Override
    public void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(server, new TestInjector.MatchesType(PostgresServer.class));
    }
}
