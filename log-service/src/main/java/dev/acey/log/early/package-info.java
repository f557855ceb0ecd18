/** What is said about an entry before the entry arrives: kept for an hour, and applied then. */
package dev.acey.log.early;
