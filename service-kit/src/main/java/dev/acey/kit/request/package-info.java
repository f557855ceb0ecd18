/** The id that follows one request through every service and every log line. */
package dev.acey.kit.request;
