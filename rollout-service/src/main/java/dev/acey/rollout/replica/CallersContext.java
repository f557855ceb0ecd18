package dev.acey.rollout.replica;

import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;

/** Goes on where it began, so that reactive sessions work after another service has answered. */
public final class CallersContext {

    private CallersContext() {}

    /** Runs on the Vert.x context of this call. */
    public static Executor executor() {
        return MutinyHelper.executor(Vertx.currentContext());
    }
}
