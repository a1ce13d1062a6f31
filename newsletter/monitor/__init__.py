"""Health and metrics of the daemon over HTTP."""

from newsletter.monitor.figures import Facts, Figures
from newsletter.monitor.pulse import Pulse
from newsletter.monitor.serving import monitoring

__all__ = ["Facts", "Figures", "Pulse", "monitoring"]
