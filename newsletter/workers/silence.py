"""Loaded first by the server that forks children: what they say is for nobody.

Not only when they work: a child whose parent ends while it starts finds nothing of what it was
promised, and would print a traceback over a program that has ended well.
"""

import os

os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
