"""The command line: arguments in, exit codes out."""

from newsletter.cli.app import build_issue_main, main

__all__ = ["build_issue_main", "main"]
