"""Feeds in every dialect: bytes in, articles out."""
