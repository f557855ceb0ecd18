/** From a log entry to a training example or a reason why not: pure functions. */
package dev.acey.dataset.example;
