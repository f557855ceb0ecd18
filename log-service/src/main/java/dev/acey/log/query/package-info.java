/** How entries go out: page by page, one by one, as a stream, as a sample. */
package dev.acey.log.query;
