"""Pages, saved pages, texts, mails, PDF and Word files: bytes in, an article out."""
