"""Newsletter: feeds and documents in, one weekly digest of stories out."""

__version__ = "0.1.0"
