"""The use cases as plain functions over ports: gather, compose, publish."""
