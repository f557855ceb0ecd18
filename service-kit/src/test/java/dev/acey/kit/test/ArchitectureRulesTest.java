package dev.acey.kit.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureRulesTest {

    private static final JavaClasses OFFENDER =
            new ClassFileImporter().importPackages("dev.acey.offender");
    private static final JavaClasses VICTIM =
            new ClassFileImporter().importPackages("dev.acey.victim");

    static Stream<Arguments> offences() {
        return Stream.of(
                Arguments.of(ArchitectureRules.FEATURES_FORM_NO_CYCLE, "Cycle detected"),
                Arguments.of(ArchitectureRules.SERVICES_DO_NOT_IMPORT_ONE_ANOTHER, "First.thing"),
                Arguments.of(ArchitectureRules.ENTITIES_STAY_IN_THEIR_FEATURE, "First.stored"),
                Arguments.of(ArchitectureRules.NOTHING_BLOCKS, "First.awaits"),
                Arguments.of(ArchitectureRules.NOTHING_BLOCKS, "First.joins"),
                Arguments.of(ArchitectureRules.NO_BLOCKING_DATABASE_ACCESS, "First.queries"),
                Arguments.of(ArchitectureRules.NO_IMPL_PACKAGES, "FirstImpl"),
                Arguments.of(
                        ArchitectureRules.ONLY_THE_CLOCK_TELLS_THE_TIME, "First.tellsTheTime"));
    }

    @ParameterizedTest
    @MethodSource("offences")
    void eachOffenceIsFound(ArchRule rule, String where) {
        List<String> found = rule.evaluate(OFFENDER).getFailureReport().getDetails();

        assertTrue(found.stream().anyMatch(detail -> detail.contains(where)), found::toString);
    }

    @ParameterizedTest
    @MethodSource("offences")
    void whoKeepsTheRulesIsLeftAlone(ArchRule rule, String where) {
        assertFalse(rule.evaluate(VICTIM).hasViolation());
    }

    @Test
    void whatRunsAtTheStopMayBlockAndWhoIsToldTheTimeMayUseIt() {
        assertEquals(3, details(ArchitectureRules.NOTHING_BLOCKS).size());
        assertEquals(1, details(ArchitectureRules.ONLY_THE_CLOCK_TELLS_THE_TIME).size());
    }

    private static List<String> details(ArchRule rule) {
        return rule.evaluate(OFFENDER).getFailureReport().getDetails();
    }
}
