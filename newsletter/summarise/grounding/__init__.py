"""What a language model is shown and asked, and what its answer must stand."""
