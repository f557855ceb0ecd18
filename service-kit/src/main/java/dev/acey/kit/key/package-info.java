/** Keys of other servers, named by reference and never kept. */
package dev.acey.kit.key;
