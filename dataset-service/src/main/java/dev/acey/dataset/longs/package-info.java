/** Files of 64-bit numbers, sorted and searched on the disk: memory does not grow with them. */
package dev.acey.dataset.longs;
