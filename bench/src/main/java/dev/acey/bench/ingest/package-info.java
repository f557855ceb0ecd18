/** How fast log-service takes entries, and that it loses none. */
package dev.acey.bench.ingest;
