package dev.acey.gateway;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import dev.acey.kit.test.ArchitectureRules;

@AnalyzeClasses(packages = "dev.acey.gateway", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest static final ArchTests HOUSE = ArchTests.in(ArchitectureRules.class);
}
