"""Reports that the office writes of itself, and the duty to send them.

They are for the office; only the one on a unit is made of published figures alone.
"""
