package dev.acey.kit.event;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * A piece of a feed.
 *
 * @param events in the feed's order; empty where there are none yet
 * @param next where to go on from
 */
@RegisterForReflection
public record EventPage(List<Event> events, FeedPosition next) {}
