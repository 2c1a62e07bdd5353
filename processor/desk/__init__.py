"""The officers' pages.

Shows the office's work, and does what an officer posts by the very functions that the commands use; decides nothing.
"""
