/** How a resource that changes is followed over HTTP. */
package dev.acey.kit.stream;
