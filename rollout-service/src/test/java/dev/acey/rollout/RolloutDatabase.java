package dev.acey.rollout;

import dev.acey.kit.test.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;

/** The database all tests of this module share. */
@WithTestResource(
        value = PostgresResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "schema", value = "rollout"))
public final class RolloutDatabase {

    private RolloutDatabase() {}
}
