"""Telling a person what the weekly run did: e-mail, webhook, command."""
