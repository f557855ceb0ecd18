/** Whether a person who is erased is gone. */
package dev.acey.bench.erasure;
