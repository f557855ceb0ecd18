package dev.acey.launcher;

/**
 * A process of the system, which can be started again after it has died. Not safe for concurrent
 * use: its {@link Supervisor} calls one method at a time.
 */
interface Part {

    String name();

    /**
     * Starts the process; it need not be ready when this returns.
     *
     * @throws LauncherException where it cannot be started
     */
    void start();

    boolean alive();

    /** Stops the process, in peace where it lets us; answers when it is gone. */
    void stop();
}
