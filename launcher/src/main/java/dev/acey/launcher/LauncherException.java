package dev.acey.launcher;

/** Something the user can act on: the message is the one line shown, without a stack trace. */
final class LauncherException extends RuntimeException {

    private static final long serialVersionUID = 1;

    LauncherException(String message) {
        super(message);
    }

    LauncherException(String message, Throwable cause) {
        super(message, cause);
    }
}
