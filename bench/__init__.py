"""How fast the portal is, as ratios to bare Flask apps that run beside it: `python -m bench`.

Nothing here is a test: a figure of time depends on the machine, a ratio within one run hardly does. Every run of a
target stands between two runs of its base.
"""
