/** Training by OpenAI's Files and fine-tuning jobs API, as OpenAI or another host serves it. */
package dev.acey.dataset.openai;
