"""The daemon's heartbeat: wakes a tick, keeps claims alive, ends when told."""

from newsletter.scheduler.ending import Ended, Ending
from newsletter.scheduler.heartbeat import keeping
from newsletter.scheduler.loop import Pace, loop
from newsletter.scheduler.owners import is_gone, owner
from newsletter.scheduler.wakes import Wakes

__all__ = ["Ended", "Ending", "Pace", "Wakes", "is_gone", "keeping", "loop", "owner"]
