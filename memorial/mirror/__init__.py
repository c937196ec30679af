"""The whole public site as files: for a USB stick, another host, or a day when ours is gone.

`building` makes the files, `withdrawing` takes away first what was hidden, `manifest` signs what
there is, and `verify_mirror.py`, which lies in every mirror, checks it with nothing but Python.
"""
