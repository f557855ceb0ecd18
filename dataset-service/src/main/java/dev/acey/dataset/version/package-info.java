/** Published versions of datasets: immutable files, numbered in the database. */
package dev.acey.dataset.version;
