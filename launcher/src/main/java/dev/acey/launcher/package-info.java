/**
 * One command for a laptop: embedded PostgreSQL and the five services, each a process of its own.
 */
package dev.acey.launcher;
