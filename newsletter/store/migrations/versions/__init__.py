"""The migrations, one step each, by number."""
