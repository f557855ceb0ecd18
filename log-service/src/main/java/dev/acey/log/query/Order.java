package dev.acey.log.query;

/** In which order entries are listed: by timestamp, then id. */
enum Order {
    OLDEST_FIRST(">", "ASC"),
    NEWEST_FIRST("<", "DESC");

    /** What a position after another one is, compared to it. */
    final String after;

    final String direction;

    Order(String after, String direction) {
        this.after = after;
        this.direction = direction;
    }
}
