"""What each command takes: a module for each, loaded when a call names it. Its work is in `cli/commands`.

A module has its function as `command`, or a group of commands as `app`. Annotations are not texts there (no
`from __future__ import annotations`): typer would evaluate each of them twice.
"""
