"""Health and metrics of the daemon over HTTP."""
