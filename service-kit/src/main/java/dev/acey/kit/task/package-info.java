/** The task catalogue: what is known of a task before anybody configured it. */
package dev.acey.kit.task;
