"""The preview: issues as they will look and be read, served to one editor on this machine."""
