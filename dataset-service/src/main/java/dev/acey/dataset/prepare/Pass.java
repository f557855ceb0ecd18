package dev.acey.dataset.prepare;

import dev.acey.dataset.draft.Draft;
import dev.acey.dataset.source.LogSource;
import dev.acey.dataset.source.Page;
import dev.acey.dataset.source.Selection;
import dev.acey.kit.job.JobRun;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/**
 * One pass over the selected entries into a draft, page by page: while a few pages are worked on,
 * one a thread, as many are fetched, and no more. What was made of them is taken in their order.
 */
final class Pass {

    private final LogSource logs;
    private final Selection selection;
    private final Vertx vertx;
    private final Draft draft;
    private final JobRun run;
    private final long expected;
    private final int atOnce;

    private List<Page> pages = List.of();

    /**
     * @param expected entries, as far as can be told
     * @param atOnce pages that are worked on at the same time, at least 1
     */
    Pass(
            LogSource logs,
            Selection selection,
            Vertx vertx,
            Draft draft,
            JobRun run,
            long expected,
            int atOnce) {
        this.logs = logs;
        this.selection = selection;
        this.vertx = vertx;
        this.draft = draft;
        this.run = run;
        this.expected = expected;
        this.atOnce = atOnce;
    }

    /** Completes when every entry is in the draft. */
    Uni<Void> toEnd() {
        return fetch(null).invoke(first -> pages = first).chain(this::takePages);
    }

    private Uni<Void> takePages() {
        return Multi.createBy()
                .repeating()
                .uni(this::takePagesAndFetchNext)
                .whilst(goesOn -> goesOn)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Boolean> takePagesAndFetchNext() {
        List<Page> current = pages;
        Uni<Long> taken =
                make(current)
                        .chain(made -> vertx.executeBlocking(() -> take(made), false))
                        .call(read -> run.progress(read, Math.max(read, expected)));
        String cursor = current.get(current.size() - 1).nextCursor();
        if (cursor == null) {
            return taken.replaceWith(false);
        }
        return Uni.combine()
                .all()
                .unis(taken, fetch(cursor))
                .asTuple()
                .invoke(both -> pages = both.getItem2())
                .replaceWith(true);
    }

    private Uni<List<Draft.Batch>> make(List<Page> pages) {
        List<Uni<Draft.Batch>> batches = new ArrayList<>();
        for (Page page : pages) {
            batches.add(vertx.executeBlocking(() -> draft.make(page), false));
        }
        return Uni.join().all(batches).andFailFast();
    }

    private long take(List<Draft.Batch> batches) throws Exception {
        long read = 0;
        for (Draft.Batch batch : batches) {
            read = draft.take(batch);
        }
        return read;
    }

    /** The next pages, one after the other: each says where the next begins. */
    private Uni<List<Page>> fetch(String after) {
        return fetchMore(new ArrayList<>(), after);
    }

    private Uni<List<Page>> fetchMore(List<Page> fetched, String after) {
        return logs.page(selection, after)
                .chain(
                        page -> {
                            fetched.add(page);
                            return page.nextCursor() == null || fetched.size() == atOnce
                                    ? Uni.createFrom().item(fetched)
                                    : fetchMore(fetched, page.nextCursor());
                        });
    }
}
