"""Lets `python -m newsletter` do what the `newsletter` command does."""

from newsletter.cli import main

if __name__ == "__main__":
    main()
