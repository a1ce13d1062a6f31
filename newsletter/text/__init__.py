"""Text in, text out: markup, URLs, words, sentences and cleaning."""
