package dev.acey.log;

import dev.acey.kit.test.PostgresResource;
import dev.acey.kit.test.RolloutServiceResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A test that needs this service's database, and a rollout-service that knows nothing yet. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@WithTestResource(
        value = PostgresResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "schema", value = "log"))
@WithTestResource(value = RolloutServiceResource.class, scope = TestResourceScope.GLOBAL)
public @interface LogDatabase {}
