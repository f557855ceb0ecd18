package dev.acey.kit.test;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.util.Map;
import java.util.Set;

/**
 * The rules of the house, for each service's own test:
 *
 * <pre>
 * &#64;AnalyzeClasses(packages = "dev.acey.log", importOptions = DoNotIncludeTests.class)
 * class ArchitectureTest {
 *     &#64;ArchTest static final ArchTests HOUSE = ArchTests.in(ArchitectureRules.class);
 * }
 * </pre>
 */
public final class ArchitectureRules {

    private static final String ROOT = "dev.acey.";
    private static final String KIT = "kit";
    private static final Set<String> LIBRARIES = Set.of(KIT, "rules");

    private static final Set<String> START_AND_STOP =
            Set.of("io.quarkus.runtime.StartupEvent", "io.quarkus.runtime.ShutdownEvent");

    /** Methods that hold their thread until something else happens, by their class. */
    private static final Map<String, Set<String>> BLOCKING =
            Map.of(
                    "io.smallrye.mutiny.Uni", Set.of("await"),
                    "io.smallrye.mutiny.groups.MultiSubscribe", Set.of("asIterable", "asStream"),
                    "java.util.concurrent.CompletableFuture", Set.of("get", "join"),
                    "java.util.concurrent.Future", Set.of("get"),
                    "java.util.concurrent.CountDownLatch", Set.of("await"),
                    "java.util.concurrent.Semaphore", Set.of("acquire"),
                    "java.lang.Thread", Set.of("sleep", "join"),
                    "java.lang.Process", Set.of("waitFor"));

    /** Features depend on one another in one direction only. */
    @ArchTest
    public static final ArchRule FEATURES_FORM_NO_CYCLE =
            slices().matching("dev.acey.*.(*)..").should().beFreeOfCycles().allowEmptyShould(true);

    /** Services talk over HTTP; what they share is service-kit and auto-rules. */
    @ArchTest
    public static final ArchRule SERVICES_DO_NOT_IMPORT_ONE_ANOTHER =
            classes()
                    .should(dependOnNoOtherService())
                    .as("services should not import one another")
                    .allowEmptyShould(true);

    /** A table belongs to one feature. */
    @ArchTest
    public static final ArchRule ENTITIES_STAY_IN_THEIR_FEATURE =
            classes()
                    .that()
                    .areAnnotatedWith("jakarta.persistence.Entity")
                    .should(beUsedInTheirPackageOnly())
                    .as("entities should stay in their feature")
                    .allowEmptyShould(true);

    /**
     * Nothing holds an event loop. Only what observes the start and the stop of the service may
     * block: it runs on the main thread.
     */
    @ArchTest
    public static final ArchRule NOTHING_BLOCKS =
            noClasses()
                    .should()
                    .accessTargetWhere(blocksAnEventLoop())
                    .as("nothing should block but observers of the start and the stop")
                    .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule NO_BLOCKING_DATABASE_ACCESS =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.sql..", "javax.sql..")
                    .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule NO_IMPL_PACKAGES =
            noClasses().should().resideInAPackage("..impl..").allowEmptyShould(true);

    /** The one clock is injected, and logic is told the time. */
    @ArchTest
    public static final ArchRule ONLY_THE_CLOCK_TELLS_THE_TIME =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(ROOT + KIT + "..")
                    .should()
                    .accessTargetWhere(readsTheTimeByItself())
                    .as("only the injected Clock should tell the time")
                    .allowEmptyShould(true);

    private ArchitectureRules() {}

    private static ArchCondition<JavaClass> dependOnNoOtherService() {
        return new ArchCondition<>("depend on no other service") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                for (Dependency dependency : item.getDirectDependenciesFromSelf()) {
                    String other = moduleOf(dependency.getTargetClass());
                    if (!other.isEmpty()
                            && !LIBRARIES.contains(other)
                            && !other.equals(moduleOf(item))) {
                        events.add(
                                SimpleConditionEvent.violated(item, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static ArchCondition<JavaClass> beUsedInTheirPackageOnly() {
        return new ArchCondition<>("be used in their package only") {
            @Override
            public void check(JavaClass entity, ConditionEvents events) {
                for (Dependency dependency : entity.getDirectDependenciesToSelf()) {
                    if (!dependency
                            .getOriginClass()
                            .getPackageName()
                            .equals(entity.getPackageName())) {
                        events.add(
                                SimpleConditionEvent.violated(entity, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static DescribedPredicate<JavaAccess<?>> blocksAnEventLoop() {
        return describe(
                "blocks an event loop",
                access ->
                        BLOCKING.entrySet().stream()
                                        .anyMatch(e -> isCall(access, e.getKey(), e.getValue()))
                                && !runsOnTheMainThread(access.getOrigin()));
    }

    private static boolean runsOnTheMainThread(JavaCodeUnit method) {
        return method.getRawParameterTypes().stream()
                .anyMatch(type -> START_AND_STOP.contains(type.getName()));
    }

    private static DescribedPredicate<JavaAccess<?>> readsTheTimeByItself() {
        return describe(
                "reads the time",
                access ->
                        isCall(access, "java.lang.System", Set.of("currentTimeMillis"))
                                || isCall(
                                        access,
                                        Clock.class.getName(),
                                        Set.of("systemUTC", "systemDefaultZone", "system"))
                                || (access.getTargetOwner().getPackageName().equals("java.time")
                                        && access.getTarget().getName().equals("now")
                                        && !takesAClock(access.getTarget())));
    }

    private static boolean takesAClock(AccessTarget target) {
        return target instanceof AccessTarget.CodeUnitCallTarget call
                && call.getRawParameterTypes().stream()
                        .anyMatch(t -> t.isEquivalentTo(Clock.class));
    }

    private static boolean isCall(JavaAccess<?> access, String owner, Set<String> methods) {
        return methods.contains(access.getTarget().getName())
                && access.getTargetOwner().isAssignableTo(owner);
    }

    /** The part after {@code dev.acey.}, empty for classes of others. */
    private static String moduleOf(JavaClass javaClass) {
        String name = javaClass.getPackageName();
        if (!name.startsWith(ROOT)) {
            return "";
        }
        int end = name.indexOf('.', ROOT.length());
        return end < 0 ? name.substring(ROOT.length()) : name.substring(ROOT.length(), end);
    }
}
