/** Small files a service keeps for its next start. */
package dev.acey.kit.file;
