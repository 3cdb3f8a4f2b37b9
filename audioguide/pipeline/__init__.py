"""The whole path: build a script, gather its clips, mix, render or stream."""
