package dev.acey.log.archive;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;

/** Where closed days are kept as files. */
@ConfigMapping(prefix = "acey.log.archive")
public interface ArchiveSettings {

    int LONGEST = 3650;

    /** Whether closed days are archived. Those that are already stay readable either way. */
    @WithDefault("true")
    boolean enabled();

    /** One directory for all replicas. */
    @WithDefault("${acey.data.dir}/archive")
    Path dir();

    /** Days an archived day is kept until somebody says otherwise while the service runs. */
    @WithDefault("365")
    @Min(1)
    @Max(LONGEST)
    int retentionDays();
}
