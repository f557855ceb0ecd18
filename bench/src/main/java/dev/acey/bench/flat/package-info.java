/** What reading costs when two hundred times as much is stored. */
package dev.acey.bench.flat;
