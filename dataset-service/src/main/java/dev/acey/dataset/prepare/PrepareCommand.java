package dev.acey.dataset.prepare;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.hibernate.validator.constraints.UniqueElements;

/**
 * What to prepare, as a client asks for it; null where it says nothing. {@link PrepareSettings} has
 * the defaults.
 */
@RegisterForReflection
public record PrepareCommand(
        @Size(min = 1, max = 32) @UniqueElements
                List<@NotNull @Pattern(regexp = TASK_TYPE) String> taskTypes,
        @DecimalMin("0") @DecimalMax("1") Double minConfidence,
        Boolean excludeRejected,
        Boolean includePending,
        Boolean requireConfidence,
        @Valid DateRange dateRange,
        String format,
        Boolean deduplicate,
        @DecimalMin("0.3") @DecimalMax("1") Double nearDuplicateThreshold,
        Boolean redactPersonalData,
        @DecimalMin("0") @DecimalMax("1") Double maxUnreviewedShare,
        @Min(1) @Max(PrepareSettings.MOST_EXAMPLES) Long maxExamples,
        @Valid Split split,
        Long seed) {

    private static final String TASK_TYPE = "^[a-z][a-z0-9_-]{0,63}$";

    /**
     * From one time up to, but not including, another; ISO 8601, or a date for its first instant in
     * UTC.
     */
    @RegisterForReflection
    public record DateRange(String from, String to) {}

    /**
     * The shares of a split, 1 together. What is missing is 0; a missing {@code train} is the rest.
     */
    @RegisterForReflection
    public record Split(
            @DecimalMin("0") @DecimalMax("1") Double train,
            @DecimalMin("0") @DecimalMax("1") Double validation,
            @DecimalMin("0") @DecimalMax("1") Double test) {}
}
