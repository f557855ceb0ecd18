package dev.acey.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Random;

@AnalyzeClasses(packages = "dev.acey.rules", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule theEngineKnowsNoFramework =
            classes()
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.acey.rules..",
                            "java.lang..",
                            "java.math..",
                            "java.nio.charset",
                            "java.security",
                            "java.text",
                            "java.time..",
                            "java.util..",
                            "java.io",
                            "com.fasterxml.jackson..",
                            "com.google.common.collect",
                            "com.google.re2j",
                            "dev.cel..",
                            "org.erdtman.jcs",
                            "org.yaml.snakeyaml..");

    @ArchTest
    static final ArchRule theEngineReadsNoClock =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(Clock.class)
                    .orShould()
                    .accessTargetWhere(
                            new DescribedPredicate<>("it is the present time") {
                                @Override
                                public boolean test(JavaAccess<?> access) {
                                    String name = access.getName();
                                    return name.equals("now")
                                            || name.equals("nanoTime")
                                            || name.equals("currentTimeMillis");
                                }
                            });

    @ArchTest
    static final ArchRule nothingIsRandom =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(Random.class)
                    .orShould()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.security.SecureRandom")
                    .orShould()
                    .callMethod(Math.class, "random")
                    .orShould()
                    .callMethod(java.util.UUID.class, "randomUUID");

    @ArchTest
    static final ArchRule nothingIsReadButTheShippedRules =
            noClasses()
                    .that()
                    .doNotHaveFullyQualifiedName("dev.acey.rules.RuleSet$Shipped")
                    .should()
                    .dependOnClassesThat()
                    .haveNameMatching("java\\.io\\.(.*Stream|.*Reader|.*Writer|File.*)")
                    .orShould()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.nio.file..", "java.net..");
}
