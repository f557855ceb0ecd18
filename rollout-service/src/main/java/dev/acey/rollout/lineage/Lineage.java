package dev.acey.rollout.lineage;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.UUID;

/**
 * What a model learned from.
 *
 * @param dataset its file's name
 * @param version of the dataset, counted from 1
 * @param sha256 of the file, 64 hexadecimal digits
 * @param training the training job's id
 * @param staleSince since when it is known that the dataset held calls of somebody who was erased;
 *     null while it is not
 */
@RegisterForReflection
public record Lineage(
        @NotNull(message = "is required") @Size(max = 128, message = "is too long") String dataset,
        @Min(value = 1, message = "must be at least 1") int version,
        @NotNull(message = "is required") @Size(max = 64, message = "is too long") String sha256,
        @NotNull(message = "is required") UUID training,
        Instant staleSince) {}
