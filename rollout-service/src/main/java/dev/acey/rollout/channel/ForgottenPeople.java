package dev.acey.rollout.channel;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Collectors;

/** Takes people out of the channels' states, some channels at a time. */
@Singleton
public class ForgottenPeople {

    private static final int CHANNELS_A_STEP = 100;

    private final ChannelStore store;
    private final Channels channels;
    private final Vertx vertx;

    ForgottenPeople(ChannelStore store, Channels channels, Vertx vertx) {
        this.store = store;
        this.channels = channels;
        this.vertx = vertx;
    }

    /**
     * What came of a step.
     *
     * @param changed channels whose state held the person
     * @param last the last channel that was looked at; null when there are no more
     */
    public record Step(int changed, String last) {}

    /**
     * Takes a person out of the channels whose names follow. What is being logged right now is
     * finished first.
     *
     * @param after a channel's name; null for the first step
     */
    public Uni<Step> forget(String user, String after) {
        Forgetting forgetting = new Forgetting(user);
        return store.page(after, CHANNELS_A_STEP)
                .chain(
                        page ->
                                vertx.executeBlocking(() -> concerned(page, forgetting), false)
                                        .chain(names -> forgetIn(names, forgetting))
                                        .map(changed -> new Step(changed, last(page))));
    }

    private static List<String> concerned(List<ChannelStore.Named> page, Forgetting forgetting) {
        return page.stream()
                .filter(row -> row.isPending() || !forgetting.in(row.state()).equals(row.state()))
                .map(ChannelStore.Named::name)
                .toList();
    }

    private Uni<Integer> forgetIn(List<String> names, Forgetting forgetting) {
        return Multi.createFrom()
                .iterable(names)
                .onItem()
                .transformToUniAndConcatenate(
                        name -> channels.hold(name, held -> forgetIn(held, forgetting)))
                .filter(changed -> changed)
                .collect()
                .with(Collectors.counting())
                .map(Long::intValue);
    }

    private static Uni<Boolean> forgetIn(HeldChannel held, Forgetting forgetting) {
        var after = forgetting.in(held.state());
        return after.equals(held.state())
                ? Uni.createFrom().item(false)
                : held.inTransaction(transaction -> held.replace(transaction, after))
                        .replaceWith(true);
    }

    private static String last(List<ChannelStore.Named> page) {
        return page.size() < CHANNELS_A_STEP ? null : page.get(page.size() - 1).name();
    }
}
