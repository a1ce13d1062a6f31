"""The Issue: composed from ranked stories, written as issue.json and read back."""

from newsletter.issue.compose import compose
from newsletter.issue.dump import dump
from newsletter.issue.glance import glance
from newsletter.issue.load import load

__all__ = ["compose", "dump", "glance", "load"]
