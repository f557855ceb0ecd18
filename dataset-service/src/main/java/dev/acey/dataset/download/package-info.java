/** Lists datasets and gives them out: whole, in part, compressed, only when changed. */
package dev.acey.dataset.download;
