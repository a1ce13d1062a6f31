"""The headline above a story: a source's title, or clauses of the lede."""
