"""The officers' pages.

Shows; changes nothing.
"""
