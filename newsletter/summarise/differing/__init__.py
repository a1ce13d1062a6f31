"""Where the sources of a story disagree: what is said of one thing, with another value."""
