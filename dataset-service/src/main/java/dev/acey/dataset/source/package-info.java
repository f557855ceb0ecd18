/** Reads entries from log-service, page by page. */
package dev.acey.dataset.source;
