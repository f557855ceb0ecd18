/** Checks a file of training examples, line by line, against its format. */
package dev.acey.dataset.validate;
