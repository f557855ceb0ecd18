/** What training providers have in common: what they are given and what they tell. */
package dev.acey.dataset.provider;
