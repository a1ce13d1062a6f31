"""The way from any older database to the tables of today."""
