package dev.acey.bench.live;

/** Keeps something from coming back, however often the launcher starts it again. */
final class Absence implements AutoCloseable {

    private final Thread killer;
    private volatile boolean over;

    /**
     * @param kill ends what runs, and does nothing where nothing does
     */
    Absence(Runnable kill) {
        killer =
                new Thread(
                        () -> {
                            while (!over) {
                                kill.run();
                                Wait.seconds(0.2);
                            }
                        },
                        "absence");
        killer.start();
    }

    @Override
    public void close() {
        over = true;
        try {
            killer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
