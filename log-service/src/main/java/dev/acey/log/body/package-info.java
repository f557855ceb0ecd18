/** What bodies may hold: how much, and what words. */
package dev.acey.log.body;
