/** SHA-256, by which files, examples and requests are told apart. */
package dev.acey.dataset.hash;
