package dev.acey.dataset;

import dev.acey.kit.test.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** A test of the running service, with a real PostgreSQL and a log-service that tests fill. */
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@QuarkusTest
@WithTestResource(
        value = PostgresResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "schema", value = "dataset"))
@WithTestResource(value = FakeLogService.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = DataDirectory.class, scope = TestResourceScope.GLOBAL)
public @interface ServiceTest {}
