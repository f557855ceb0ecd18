package dev.acey.rollout;

import dev.acey.kit.test.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;

/** What all tests of this module share: the database, and what stands in for other services. */
@WithTestResource(
        value = PostgresResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "schema", value = "rollout"))
@WithTestResource(value = LogServiceResource.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = SimulationService.Resource.class, scope = TestResourceScope.GLOBAL)
public final class Surroundings {

    private Surroundings() {}
}
