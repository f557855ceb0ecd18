package dev.acey.log.alert;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * A page of alerts, newest first.
 *
 * @param nextCursor where the next page begins; null at the end
 */
@RegisterForReflection
public record AlertPage(List<AlertView> alerts, String nextCursor) {}
