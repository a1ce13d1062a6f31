"""The daemon's heartbeat: wakes a tick, keeps claims alive, ends when told."""
