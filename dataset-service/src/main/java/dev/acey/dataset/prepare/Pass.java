package dev.acey.dataset.prepare;

import dev.acey.dataset.draft.Draft;
import dev.acey.dataset.source.LogSource;
import dev.acey.dataset.source.Page;
import dev.acey.dataset.source.Selection;
import dev.acey.kit.job.JobRun;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;

/**
 * One pass over the selected entries into a draft, page by page: while one page is worked on, the
 * next is fetched, and no more.
 */
final class Pass {

    private final LogSource logs;
    private final Selection selection;
    private final Vertx vertx;
    private final Draft draft;
    private final JobRun run;
    private final long expected;

    private Page page;

    /**
     * @param expected entries, as far as can be told
     */
    Pass(LogSource logs, Selection selection, Vertx vertx, Draft draft, JobRun run, long expected) {
        this.logs = logs;
        this.selection = selection;
        this.vertx = vertx;
        this.draft = draft;
        this.run = run;
        this.expected = expected;
    }

    /** Completes when every entry is in the draft. */
    Uni<Void> toEnd() {
        return logs.page(selection, null).invoke(first -> page = first).chain(this::takePages);
    }

    private Uni<Void> takePages() {
        return Multi.createBy()
                .repeating()
                .uni(this::takePageAndFetchNext)
                .whilst(goesOn -> goesOn)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Boolean> takePageAndFetchNext() {
        Page current = page;
        Uni<Long> taken =
                vertx.executeBlocking(() -> draft.take(current), false)
                        .call(read -> run.progress(read, Math.max(read, expected)));
        if (current.nextCursor() == null) {
            return taken.replaceWith(false);
        }
        Uni<Page> next = logs.page(selection, current.nextCursor());
        return Uni.combine()
                .all()
                .unis(taken, next)
                .asTuple()
                .invoke(both -> page = both.getItem2())
                .replaceWith(true);
    }
}
