/** Finds personal data and credentials in texts, and takes them out. */
package dev.acey.rules.sensitive;
