"""What words such as “on Monday” mean, counted from the article that they stand in."""
