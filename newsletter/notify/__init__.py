"""Telling a person what the weekly run did: e-mail, webhook, command."""

from newsletter.notify.channel import Channel, channels

__all__ = ["Channel", "channels"]
