/** How entries lie in PostgreSQL: by day, and split between columns and payload. */
package dev.acey.log.store;
