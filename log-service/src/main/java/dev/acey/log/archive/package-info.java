/** Days as files: gzip JSON lines by task, with their checksums. */
package dev.acey.log.archive;
