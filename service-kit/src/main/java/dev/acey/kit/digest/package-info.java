/** SHA-256, by which files, requests and links of a chain are told apart. */
package dev.acey.kit.digest;
